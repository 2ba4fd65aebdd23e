/** Whom the desk rings by hand, in which order, and how the channels outside are. Pure. */
import type { Call, Incident } from '../lib/wire'

/** One way to reach people outside, as on the board. */
export type Way = { name: string; state: 'ok' | 'failing' | 'starting' | 'unplugged' | 'no_sim' | 'no_signal'; signal: 'good' | 'weak' | ''; waiting: number }

/** A reply from outside that answers no call. */
export type Reply = { id: string; channel: string; why: string; at_ms: number; person_label: string | null }

export type Why = 'asleep' | 'sent' | 'failed' | 'unknown'
export type ToRing = { call: Call; incident: Incident; why: Why; isOpen: boolean }

/** Somebody rings a leader for this long, then has rung. */
const RINGING_MS = 120_000

/** Open calls that no lit page shows, the nearest first; then those that ran out where people are still missing. */
export function toRing(calls: readonly Call[], incidents: ReadonlyMap<string, Incident>, short: (incident: Incident) => number): ToRing[] {
  const found = calls.flatMap((call): ToRing[] => {
    const incident = incidents.get(call.incident)
    const isOpen = call.state === 'open'
    const why = whyOf(call)
    if (!incident || why === null || incident.over) return []
    return isOpen || (call.state === 'lapsed' && short(incident) > 0) ? [{ call, incident, why, isOpen }] : []
  })
  const newest = new Map(found.map((each) => [each.call.team, each.call.asked_ms] as const))
  for (const { call } of found) newest.set(call.team, Math.max(newest.get(call.team)!, call.asked_ms))
  return found
    .filter((each) => each.isOpen || each.call.asked_ms === newest.get(each.call.team))
    .sort((a, b) => Number(b.isOpen) - Number(a.isOpen) || a.call.travel_s - b.call.travel_s || (a.call.id < b.call.id ? -1 : 1))
}

function whyOf(call: Call): Why | null {
  if (call.seen_ms !== null) return null
  if (call.sent === 'failed' || call.sent === 'unknown' || call.sent === 'sent') return call.sent
  return call.awake ? null : 'asleep'
}

export const isRinging = (call: Call, at: number): boolean => call.rung !== null && at - call.rung.at_ms < RINGING_MS

/** A channel that needs a word: it does not work, hears badly, or has something waiting. */
export const isTrouble = (way: Way): boolean => way.state !== 'ok' || way.signal === 'weak' || way.waiting > 0
