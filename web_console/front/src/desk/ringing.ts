/** Whom the desk rings by hand, in which order, and how the channels outside are. Pure. */
import { isOff, isUnknown, type Order, type Roll } from '../lib/safety'
import type { Call, Incident } from '../lib/wire'

/** One way to reach people outside, as on the board. */
export type Way = { name: string; state: 'ok' | 'failing' | 'starting' | 'unplugged' | 'no_sim' | 'no_signal'; signal: 'good' | 'weak' | ''; waiting: number }

/** A reply from outside that answers no call. */
export type Reply = { id: string; channel: string; why: string; at_ms: number; person_label: string | null }

export type Why = NonNullable<Call['unheard']>
/** `tell`: a crew that is out has not heard of an order (`order`: its kind) or a roll; `open`: a call waits; `late`: it ran out. */
export type ToRing = { call: Call; incident: Incident } & ({ group: 'open' | 'late'; why: Why } | { group: 'tell'; why: 'order'; order: string } | { group: 'tell'; why: 'roll' })
type Asked = Extract<ToRing, { group: 'open' | 'late' }>

/** Somebody rings a leader for this long, then has rung. */
const RINGING_MS = 120_000

/** Open calls that no lit page shows, the nearest first; then `late`, those that ran out where people are still missing. */
export function toRing(calls: readonly Call[], late: readonly Call[], incidents: ReadonlyMap<string, Incident>): Asked[] {
  const asked = (group: Asked['group']) => (call: Call): Asked[] => {
    const incident = incidents.get(call.incident)
    return incident && !incident.over && call.unheard !== null ? [{ call, incident, why: call.unheard, group }] : []
  }
  const near = (a: Asked, b: Asked): number => a.call.travel_s - b.call.travel_s || (a.call.id < b.call.id ? -1 : 1)
  return [...calls.filter((call) => call.state === 'open').flatMap(asked('open')).sort(near), ...late.flatMap(asked('late')).sort(near)]
}

/** Crews that are out and have not heard of an order or a roll, where no page will wake them: orders before rolls, the oldest first. */
export function toTell(calls: readonly Call[], incidents: ReadonlyMap<string, Incident>, orders: readonly Order[], rolls: readonly Roll[]): ToRing[] {
  const asleep = new Map(calls.filter((call) => call.reach !== 'awake').map((call) => [call.id, call]))
  const told = orders.filter((each) => !isOff(each)).sort((a, b) => a.given_ms - b.given_ms || (a.id < b.id ? -1 : 1)).flatMap((order) => order.receipts.filter((each) => each.said === '').map((each) => ({ call: each.call, incident: order.incident, why: 'order', order: order.kind }) as const))
  const called = rolls.filter((roll) => roll.closed_ms === null).flatMap((roll) => roll.crews.filter((crew) => crew.people.some((each) => isUnknown(each.state))).map((crew) => ({ call: crew.call, incident: roll.incident, why: 'roll' }) as const))
  const crews = new Set<string>()
  return [...told, ...called].flatMap((each): ToRing[] => {
    const [call, incident] = [asleep.get(each.call), incidents.get(each.incident)]
    if (!call || !incident || crews.has(call.id)) return []
    crews.add(call.id)
    return [{ ...each, call, incident, group: 'tell' }]
  })
}

export const isRinging = (call: Call, at: number): boolean => call.rung !== null && at - call.rung.at_ms < RINGING_MS

/** A channel that needs a word: it does not work, hears badly, or has something waiting. */
export const isTrouble = (way: Way): boolean => way.state !== 'ok' || way.signal === 'weak' || way.waiting > 0
