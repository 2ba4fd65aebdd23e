/** Marked ground, from the items of the board. Pure. */
import type { Road, ZoneKind } from '../lib/marked'
import type { Mode } from '../lib/modes'
import { time } from '../lib/format'
import { coded, dotted, listed, t } from '../lib/say'
import { covers } from '../lib/tiers'
import type { DivisionName } from '../lib/wire'

export { roadOf } from '../lib/ground'
export type { ZoneKind } from '../lib/marked'
/** One road from a junction to the next. */
export type Stretch = Road & { line: [number, number][] }
/** `ring`: (lon, lat), not closed, empty where it is of a `stretch`; `found`: whether the roads now have that, null: not known; `overdue`: nobody looked again by `look_again_ms`. */
export type Zone = {
  id: string
  kind: ZoneKind
  what: string
  ring: [number, number][]
  divisions: readonly DivisionName[]
  shuts: readonly Mode[]
  depth_cm: number | null
  look_again_ms: number
  until_ms: number | null
  incident: string | null
  marked_ms: number
  marked_by: string
  seen_ms: number
  stretch: Stretch | null
  found: boolean | null
  overdue: boolean
}
/** What it would change; `off_m`: from the place that was pressed to its `stretch`; `roads_m` null: no roads are known; `after_s` null: no road is left, `short_m`: then how far from the place the
 * roads end; null: not even the team's base is near one. */
export type Change = {
  divisions: DivisionName[]
  stations: { id: string; name: string }[]
  roads_m: number | null
  stretch: Stretch | null
  off_m: number | null
  found: boolean | null
  teams: { team: string; name: string; before_s: number; after_s: number | null; short_m: number | null }[]
}

export const WHATS = {
  hazard: ['flood', 'fire', 'landslide', 'collapse', 'gas', 'power', 'chemical', 'crowd', 'other'],
  closure: ['flood', 'landslide', 'collapse', 'roadworks', 'traffic', 'ice', 'bridge', 'crowd', 'other'],
} as const satisfies Record<ZoneKind, readonly string[]>

const METRES_A_DEGREE = 111_195
const AROUND = 16

/** A ring of so many metres around a place. */
export function around(lon: number, lat: number, metres: number): [number, number][] {
  const squeeze = Math.cos((lat * Math.PI) / 180)
  return Array.from({ length: AROUND }, (_, i) => {
    const angle = (2 * Math.PI * i) / AROUND
    const [east, north] = [metres * Math.cos(angle), metres * Math.sin(angle)].map((each) => each / METRES_A_DEGREE) as [number, number]
    return [Number((lon + east / squeeze).toFixed(6)), Number((lat + north).toFixed(6))]
  })
}

export const nameOf = (zone: Pick<Zone, 'kind' | 'what'>): string => `${coded('zone.kind', zone.kind)}·${coded('zone.what', zone.what)}`

/** How it is, in one line. */
export const stateOf = (zone: Zone): string =>
  dotted([
    zone.depth_cm !== null && t('zone.depth.is', { n: zone.depth_cm }),
    zone.shuts.length > 0 ? t('zone.shuts.is', { modes: listed(zone.shuts.map((mode) => coded('zone.mode', mode))) }) : t('zone.shuts.none'),
    zone.until_ms !== null && t('zone.until.is', { at: time(zone.until_ms) }),
  ])

/** Those nobody looked at again first, then by when that is due. */
export const byDue = (zones: readonly Zone[]): Zone[] => zones.toSorted((a, b) => a.look_again_ms - b.look_again_ms || (a.id < b.id ? -1 : 1))

/** Whether its post, or one above, may say something of it. */
export const isOurs = (zone: Zone, own: string): boolean => zone.divisions.some(({ code }) => covers(own, code) || covers(code, own))
