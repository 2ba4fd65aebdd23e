/** What waits between posts and who is on watch there: from the items of the board. Pure. */
import { covers } from '../lib/tiers'
import type { DivisionName, Incident } from '../lib/wire'

export type WaitingAsk = { ask: string; what: 'lead' | 'order' | 'support'; incident: string; asked_ms: number; went_up_ms: number | null; up_ms: number | null }
/** Who leads a watch beside who holds it; `officer` null: none of the post's officers, whose number is in the call directory. */
export type WatchLeader = { officer: string | null; name: string | null; since_ms: number }
export type Watch = {
  division: string
  name: string
  officer: string | null
  officer_name: string | null
  role: string | null
  since_ms: number | null
  until_ms: number | null
  connected: boolean
  offered_to: string | null
  offered_name: string | null
  vacant_since_ms: number | null
  leader: WatchLeader | null
  waiting: readonly WaitingAsk[]
}
export type Warning = {
  id: string
  kind: string
  level: 1 | 2 | 3 | 4
  divisions: readonly DivisionName[]
  issuer: string
  issued_ms: number
  expires_ms: number
  entered_by: string
}

/** One thing that a post waits for of another. `from`: who asks; `asked_ms` null: since when is not on the board. */
export type Asked = {
  key: string
  what: WaitingAsk['what'] | 'back'
  incident: Incident
  from: string
  to: string
  people: number
  speciality: string
  asked_ms: number | null
  up_ms: number | null
  went_up: { to: string; at_ms: number } | null
}

const above = (post: string): string => (post.length === 9 ? post.slice(0, 6) : post.slice(0, 4))

/** Everything that waits between tiers, the longest first: what an incident says waits, with what the watch of the post asked says. */
export function askedOf(incidents: readonly Incident[], watches: readonly Watch[]): Asked[] {
  const found = incidents.flatMap(asksIn).map((each) => {
    const at = watches.find((watch) => watch.division === each.to)?.waiting.find((waiting) => waiting.ask === each.key)
    return { ...each, asked_ms: each.asked_ms ?? at?.asked_ms ?? null, up_ms: at?.up_ms ?? null, went_up: at?.went_up_ms ? { to: above(each.to), at_ms: at.went_up_ms } : null }
  })
  return found.sort((a, b) => (a.asked_ms ?? Infinity) - (b.asked_ms ?? Infinity))
}

function asksIn(incident: Incident): Asked[] {
  const none = { incident, people: 0, speciality: '', asked_ms: null, up_ms: null, went_up: null }
  const order = incident.order_asked
  return [
    ...(order ? [{ ...none, key: `order/${incident.id}`, what: 'order' as const, from: order.from, to: order.to, people: order.people, asked_ms: order.at_ms }] : []),
    ...incident.asked_up.map((each) => ({ ...none, key: `support/${incident.id}/${each.speciality}`, what: 'support' as const, from: incident.scope ?? incident.lead.division, to: each.division, people: each.short, speciality: each.speciality, asked_ms: each.at_ms })),
    ...(incident.asked_take_over ? [{ ...none, key: `lead/${incident.id}`, what: 'lead' as const, from: incident.lead.division, to: above(incident.lead.division) }] : []),
    ...(incident.hand_back_offered_to ? [{ ...none, key: `back/${incident.id}`, what: 'back' as const, from: incident.lead.division, to: incident.hand_back_offered_to }] : []),
  ]
}

/** What waits for a post, or went up to it. */
export const waitingFor = (asked: readonly Asked[], post: string): Asked[] => asked.filter((each) => each.to === post || each.went_up?.to === post)

/** The gravest warnings first; among those of one level the newest. */
export const byGravity = (warnings: readonly Warning[]): Warning[] => [...warnings].sort((a, b) => a.level - b.level || b.issued_ms - a.issued_ms || (a.id < b.id ? -1 : 1))

/** Whether a warning concerns a post: what lies under it, or over it. */
export const concerns = (warning: Warning, post: string): boolean => warning.divisions.some(({ code }) => covers(post, code) || covers(code, post))

export const KINDS = ['rainstorm', 'typhoon', 'gale', 'flood', 'flash_flood', 'geological', 'thunder', 'hail', 'snowstorm', 'cold_wave', 'icing', 'heat', 'fog', 'fire_weather', 'drought', 'other'] as const
