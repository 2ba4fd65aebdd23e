/** Lines of the timeline in words, from each event's public facts. Noise is left out, many of one kind become one row. */
import { roman, time } from '../lib/format'
import { coded, listed, t, type Filled } from '../lib/say'
import { tables } from '../lib/tables.svelte'
import type { Line } from '../lib/wire'
import { isSpoken } from '../lib/spoken'
import type { Word } from '../lib/words'
import { needsInWords } from './needs'

type Facts = Record<string, unknown>
export type Row = { key: number; incident: string; at_ms: number; text: string; who: string }
export const LINE_KINDS = ['all', 'orders', 'answers', 'people', 'system'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** What a line is of: by whom first (the system), then by its event. */
export function kindOf(line: Line): Exclude<LineKind, 'all'> {
  if (line.name === 'call.answered' || line.name === 'call.lapsed' || line.name === 'call.seats_gained') return 'answers'
  if (line.name.startsWith('call.') || line.name.startsWith('person.')) return 'people'
  return line.actor.kind === 'system' ? 'system' : 'orders'
}

export type Names = (code: string) => string

/** That a call was read stands on the call; what a deadline found already settled, and a text that went out as its start
 * said, tell an officer nothing. */
const NOISE = new Set(['calls.seen', 'deadline.voided', 'command.already_so'])
const BUNDLED = new Set(['attempt.started', 'sealed.opened', 'incident.photo_added'])
const BUNDLED_MS = 60_000
const LATE_MS = 60_000

const str = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const num = (value: unknown): number => (typeof value === 'number' ? value : 0)
const needs = (value: unknown): string => needsInWords((value as { speciality: string; minimum: number; maximum: number }[] | undefined) ?? [])

function isNoise(line: Line): boolean {
  return NOISE.has(line.name) || (line.name === 'attempt.ended' && line.facts['result'] === 'sent')
}

/** Newest first, as given. Many of one kind by one hand, close together, are one row with their number. */
export function rowsOf(lines: readonly Line[], names: Names): Row[] {
  const rows: Row[] = []
  let bundle = null as { key: string; n: number; row: Row } | null
  for (const line of lines) {
    if (isNoise(line)) continue
    const key = BUNDLED.has(line.name) ? `${line.name} ${str(line.facts['about'])} ${line.actor.label}` : null
    if (key !== null && bundle?.key === key && bundle.row.at_ms - line.at_ms < BUNDLED_MS) {
      bundle.row.text = told(line, names, ++bundle.n)
      continue
    }
    const row = { key: line.position, incident: line.incident, at_ms: line.at_ms, text: told(line, names), who: whoOf(line, names) }
    bundle = key === null ? null : { key, n: 1, row }
    rows.push(row)
  }
  return rows
}

export function told(line: Line, names: Names, n = 1): string {
  const f = BUNDLED.has(line.name) ? { ...line.facts, count: n } : line.facts
  const marks: Word[] = [...(f['noted_by'] ? ['told.by_phone' as const] : []), ...(f['disputed'] === true ? ['told.disputed' as const] : [])]
  const by = str(f['by'])
  return late(marks.reduce((text, mark) => t(mark, { text }), ordered(by && line.name === 'call.answered' ? coded('told.by', by, { text: said(line.name, f, names) }) : said(line.name, f, names), f['by_order'])), line)
}

/** What was entered late says since when it is so; the row itself stands where it was entered. */
function late(text: string, line: Line): string {
  if (line.at_ms - line.happened_ms < LATE_MS) return text
  const [happened, learned] = [time(line.happened_ms), time(line.learned_ms)]
  return happened === learned ? t('told.late.same', { text, at: happened }) : t('told.late', { text, happened, learned })
}

function ordered(text: string, order: unknown): string {
  const by = order as { body?: string; document?: string; oral?: boolean } | undefined
  if (!by?.body) return text
  return t('told.by_order', { text, order: `${by.body} ${by.oral ? t('responses.oral') : (by.document ?? '')}`.trim() })
}

function said(name: string, f: Facts, names: Names): string {
  switch (name) {
    case 'call.answered':
      return answered(f)
    case 'call.progressed':
      return coded('told.progressed', str(f['did']), { ...plain(f), heads: num(f['heads']) || num(f['served']) })
    case 'call.lapsed':
      return coded('told.lapsed', str(f['why'] ?? 'silence'), plain(f))
    case 'attempt.started':
      return coded('told.attempt', str(f['about'] ?? 'call'), { n: num(f['count']) })
    case 'attempt.ended':
      return coded('told.attempt', str(f['result']), plain(f))
    default: {
      const word = `told.${name}`
      return isSpoken(word) ? t(word, { ...plain(f), ...worded(f, names) }) : t('told.other')
    }
  }
}

function answered(f: Facts): string {
  const facts = { ...plain(f), eta: f['eta_ms'] ? time(num(f['eta_ms'])) : '—', no: str(f['standby_no']) }
  const text = coded('told.answered', f['late'] ? 'late' : str(f['result']), facts)
  return num(f['seated']) > 0 && num(f['waits']) > 0 ? t('told.answered.part', { ...facts, text }) : text
}

/** Facts that are words or numbers already. */
function plain(f: Facts): Filled {
  const filled = Object.entries(f).filter((entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1]))
  return { ...Object.fromEntries(filled), team: str(f['team_name']) }
}

/** Codes among the facts, in words. */
function worded(f: Facts, names: Names): Filled {
  return {
    needs: needs(f['needs']),
    services: Array.isArray(f['services']) ? listed(f['services'] as string[]) : str(f['services']),
    source: coded('source', str(f['source'])),
    stage: coded('stage', str(f['stage'])),
    was: coded('stage', str(f['was'])),
    severity: coded('sev', str(f['severity'])),
    speciality: tables.speciality(str(f['speciality'])),
    why: coded('why_down', str(f['why'])),
    order_kind: tables.order(str(f['kind'])),
    zone_kind: coded('zone.kind', str(f['kind'])),
    zone_what: coded('zone.what', str(f['what'])),
    danger_kind: tables.danger(str(f['kind'])),
    receipt_said: coded('receipt', str(f['receipt'])),
    level: roman(num(f['level'])),
    scope: names(str(f['scope'])),
    to: names(str(f['to'])),
    division: names(str(f['division'])),
    from: names(str(f['from_post'])),
    n: num(f['calls_count'] ?? f['count'] ?? f['left_out'] ?? f['short'] ?? f['people']),
  }
}

/** An officer by name and post, a leader masked, the system by its part. */
function whoOf(line: Line, names: Names): string {
  if (line.actor.kind === 'system') return coded('actor', line.actor.label)
  return line.actor.kind === 'officer' && line.post ? `${line.actor.label}·${names(line.post)}` : line.actor.label
}
