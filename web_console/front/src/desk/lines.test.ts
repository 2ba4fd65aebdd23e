import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Line } from '../lib/wire'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { rowsOf } = await import('./lines')
const { tables } = await import('../lib/tables.svelte')

const names = (code: string): string => ({ '9901': '云江市', '990101': '云城区' })[code] ?? code
let position = 0
const line = (name: string, facts: Record<string, unknown>, more: Partial<Line> = {}): Line => ({
  position: ++position, at_ms: 1_000_000, happened_ms: 1_000_000, learned_ms: 1_000_000, incident: 'i', name, actor: { kind: 'system', label: 'waves' }, post: null, facts, ...more,
})
const texts = (...lines: Line[]): string[] => rowsOf(lines, names).map((row) => row.text)
const of = (facts: Record<string, unknown>) => ({ team_name: '急救一队', seated: 0, heads: 4, ...facts })

beforeAll(() => {
  tables.tables = { categories: [], specialities: [{ code: 'FIRST_AID', zh: '急救', en: 'First aid', kind: 'specialist', parent: null }], bring: {}, risks: {}, errors: {}, orders: [], dangers: [], terms: { roll_min: 10, order_min: 3, fine_ms: 10_000 } }
})

describe('the timeline', () => {
  it('says how many teams a wave called, and that others were called elsewhere', () => {
    expect(texts(line('wave.called', { wave: 2, calls_count: 5 }))).toEqual(['第2批召集5队'])
    expect(texts(line('wave.overtaken', { left_out: 2 }))).toEqual(['2队刚被其他事件召集，已重新安排'])
  })
  it('leaves out that a call was read, and that a text went out as its start said', () => {
    expect(texts(line('calls.seen', { calls_count: 1 }), line('attempt.ended', { result: 'sent' }))).toEqual([])
    expect(texts(line('attempt.ended', of({ result: 'failed' })))).toEqual(['急救一队 短信未送达'])
  })
  it('makes one row of many texts of one kind', () => {
    expect(texts(line('attempt.started', { about: 'call' }), line('attempt.started', { about: 'call' }), line('attempt.started', { about: 'over' }))).toEqual([
      '向2队队长发短信：任务召集',
      '向1队队长发短信：不用前往或请返回',
    ])
  })
  it('tells what an answer came to', () => {
    const said = (facts: Record<string, unknown>) => texts(line('call.answered', of(facts)))[0]
    expect(said({ result: 'accepted', seated: 4, eta_ms: 0 })).toContain('急救一队 我能去·4人')
    expect(said({ result: 'accepted', seated: 3, waits: 1, standby_no: 2, eta_ms: 60_000 })).toContain('另1人候补第2')
    expect(said({ result: 'standby', standby_no: 3 })).toBe('急救一队 能去4人，候补第3')
    expect(said({ result: 'standby', standby_no: 3, late: true })).toContain('到得晚')
    expect(said({ result: 'declined', noted_by: 'officer:a' })).toBe('急救一队 去不了（电话代报）')
    expect(said({ result: 'kept', noted_by: 'officer:a', disputed: true })).toBe('急救一队 代报早于本人答复，以本人为准（电话代报）·手机与代报不一致')
    expect(said({ result: 'eta', eta_ms: 60_000 })).toContain('改报预计')
  })
  it('tells why an offer lapsed, and who asked whom', () => {
    expect(['silence', 'not_reached', 'off_duty'].map((why) => texts(line('call.lapsed', of({ why })))[0])).toEqual([
      '急救一队 超时未答', '急救一队 短信未送达，未联系上', '急救一队 队长转为不在班',
    ])
    expect(texts(line('support.asked', { speciality: 'FIRST_AID', short: 3, to: '9901' }))).toEqual(['急救缺口3人，请求云江市支援'])
    expect(texts(line('order.asked', { people: 80, from_post: '990101', to: '9901' }))).toEqual(['召集80人超出云城区权限，报云江市批准'])
  })
  it('says of what was entered late when it happened and when it was learned', () => {
    const [ten, five] = [1_000_000 - 600_000, 1_000_000 - 300_000]
    expect(texts(line('incident.closed', {}, { happened_ms: ten, learned_ms: five }))).toEqual(['已办结（08:06 发生，08:11 得知）'])
    expect(texts(line('incident.closed', {}, { happened_ms: ten, learned_ms: ten }))).toEqual(['已办结（08:06 的事）'])
    expect(texts(line('incident.closed', {}, { happened_ms: 990_000 }))).toEqual(['已办结'])
  })
  it('names the order behind an act, officers with their post, and no code', () => {
    const ordered = line('mobilization.ordered', { needs: [{ speciality: 'FIRST_AID', minimum: 2, maximum: 4 }], by_order: { body: '区指挥部', document: '3号', oral: false } })
    expect(texts(ordered)).toEqual(['下令召集：急救 2–4·依据：区指挥部 3号'])
    const by = line('incident.verified', {}, { actor: { kind: 'officer', label: '周敏' }, post: '990101' })
    expect(rowsOf([by, line('what.is_this', {})], names).map((row) => [row.text, row.who])).toEqual([['已核实', '周敏·云城区'], ['其他记录', '系统·召集规则']])
  })
  it('has all its words filled in, for every event of the docs', () => {
    const doc = readFileSync(new URL('../../../../docs/events.md', import.meta.url), 'utf-8')
    for (const [, name, fields] of doc.matchAll(/^\| `([a-z_.]+)` \| \d+ \| ([a-z_, ]*) \|/gm)) {
      const facts = Object.fromEntries((fields ?? '').split(', ').map((field) => [field, 1]))
      for (const text of texts(line(name!, { ...facts, needs: [], by_order: undefined }))) expect(text, name).not.toMatch(/[{}_]|undefined/)
    }
  })
})
