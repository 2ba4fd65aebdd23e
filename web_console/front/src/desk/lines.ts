/** A line of the timeline in words: what was done, from the event's public facts. */
import { coded, t } from '../lib/say'
import { tables } from '../lib/tables.svelte'
import { look } from '../lib/look.svelte'
import type { Line } from '../lib/wire'

type Facts = Record<string, unknown>
type Told = readonly [zh: (facts: Facts) => string, en: (facts: Facts) => string]
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const team = (f: Facts): string => text(f['team_name'])
const stage = (f: Facts): string => coded('stage', text(f['stage']))
const skill = (f: Facts): string => tables.speciality(text(f['speciality']))

function answered(f: Facts): string {
  const standby = f['standby_no'] ? `·${t('call.standby', { n: text(f['standby_no']) })}` : ''
  const people = f['seated'] ? `·${t('calls.people', { n: text(f['seated']) })}` : ''
  return `${team(f)} ${coded('call', text(f['answer']) === 'accept' ? 'accepted' : text(f['answer']) === 'decline' ? 'declined' : 'later')}${people}${standby}`
}

const TOLD: Record<string, Told> = {
  'incident.raised': [() => '接报登记', () => 'Report taken'],
  'incident.verified': [() => '已核实', () => 'Verified'],
  'incident.needs_set': [() => '力量需求已定', () => 'Needs set'],
  'incident.severity_changed': [(f) => `事件级别改为${coded('sev', text(f['severity']))}`, (f) => `Severity now ${coded('sev', text(f['severity']))}`],
  'incident.stage_changed': [(f) => `阶段：${stage(f)}`, (f) => `Stage: ${stage(f)}`],
  'incident.disposed': [(f) => `${stage(f)}`, (f) => `${stage(f)}`],
  'incident.merged': [() => '已并案', () => 'Merged as a duplicate'],
  'incident.reversed': [(f) => `撤回，恢复为${stage(f)}`, (f) => `Reversed, again ${stage(f)}`],
  'incident.closed': [() => '已办结', () => 'Closed'],
  'incident.reviewed': [() => '已评估', () => 'Reviewed'],
  'incident.photo_added': [() => '附现场照片', () => 'Photo added'],
  'mobilization.ordered': [() => '下令召集', () => 'Call-out ordered'],
  'mobilization.amended': [() => '召集范围或需求已调整', () => 'Call-out amended'],
  'mobilization.stood_down': [() => '任务结束，撤收归队', () => 'Stood down'],
  'wave.called': [(f) => `第${text(f['wave'])}批召集 ${text(f['calls_count'])}队`, (f) => `Wave ${text(f['wave'])}: ${text(f['calls_count'])} teams called`],
  'calls.seen': [() => '已读召集', () => 'Call read'],
  'call.answered': [answered, answered],
  'call.progressed': [(f) => `${team(f)} ${coded('call', text(f['did']))}·${text(f['heads'])}人`, (f) => `${team(f)} ${coded('call', text(f['did']))}, ${text(f['heads'])}`],
  'call.lapsed': [(f) => `${team(f)} 超时未答`, (f) => `${team(f)}: no answer in time`],
  'call.names_given': [(f) => `${team(f)} 报来${text(f['count'])}人名单`, (f) => `${team(f)}: ${text(f['count'])} names given`],
  'support.asked': [(f) => `${skill(f)}缺口${text(f['short'])}人，请求上级支援`, (f) => `${text(f['short'])} short of ${skill(f)}: tier above asked`],
  'order.asked': [(f) => `召集${text(f['people'])}人，报上级批准`, (f) => `Call-out of ${text(f['people'])} waits for the tier above`],
  'lead.asked': [() => '请上级牵头指挥', () => 'Tier above asked to lead'],
  'lead.taken': [() => '上级提级指挥', () => 'Lead taken by the tier above'],
  'lead.hand_back_offered': [() => '移交指挥权，待接收', () => 'Lead offered back'],
  'lead.handed_back': [() => '指挥权已交还', () => 'Lead handed back'],
  'attempt.started': [() => '短信发送中', () => 'SMS being sent'],
  'attempt.ended': [(f) => (f['result'] === 'sent' ? '短信已发出' : '短信未送达'), (f) => (f['result'] === 'sent' ? 'SMS sent' : 'SMS not delivered')],
  'sealed.opened': [() => '查看了报告人和原话', () => 'Sealed parts were opened'],
}

export function told(line: Line): string {
  const words = TOLD[line.name]
  return words ? words[look.lang === 'zh' ? 0 : 1](line.facts) : line.name
}

const SYSTEM: Record<string, readonly [string, string]> = {
  waves: ['系统·召集规则', 'System: call-out rules'],
  deadline: ['系统·时限', 'System: deadline'],
  sender: ['系统·短信', 'System: SMS'],
  pager: ['系统·短信', 'System: SMS'],
}

export const actorOf = (line: Line): string =>
  line.actor.kind === 'system'
    ? (SYSTEM[line.actor.label]?.[look.lang === 'zh' ? 0 : 1] ?? line.actor.label)
    : line.actor.label
