/** Sums of a wall, and which page of incidents is shown. Pure. */
import type { Incident, Seats, Stage } from '../lib/wire'

export const OPEN_STAGES = new Set<Stage>(['reported', 'verified', 'acting', 'stabilised', 'demobilising'])
export const PAGE = 7
export const TURN_MS = 20_000

export type Sum = Pick<Seats, 'speciality' | 'minimum' | 'maximum' | 'promised' | 'arrived'> & { short: number }

/** What all incidents need together, by speciality; the shortest first. An abundance here fills no gap there. */
export function summed(incidents: readonly Incident[]): Sum[] {
  const sums = new Map<string, Sum>()
  for (const need of incidents.filter((each) => each.mobilization !== null && !each.over).flatMap((each) => each.needs)) {
    const sum = sums.get(need.speciality) ?? { speciality: need.speciality, minimum: 0, maximum: 0, promised: 0, arrived: 0, short: 0 }
    sums.set(need.speciality, {
      ...sum,
      minimum: sum.minimum + need.minimum,
      maximum: sum.maximum + need.maximum,
      promised: sum.promised + need.promised + need.served,
      arrived: sum.arrived + need.arrived + need.served,
      short: sum.short + Math.max(0, need.minimum - need.promised - need.served),
    })
  }
  return [...sums.values()].sort((a, b) => b.short - a.short || a.speciality.localeCompare(b.speciality))
}

/** The page that is shown at a time: all in turn, twenty seconds each. */
export function pageAt(count: number, ms: number): { no: number; of: number; from: number } {
  const of = Math.max(1, Math.ceil(count / PAGE))
  const no = (Math.floor(ms / TURN_MS) % of) + 1
  return { no, of, from: (no - 1) * PAGE }
}
