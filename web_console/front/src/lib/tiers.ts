/** Divisions by code (GB/T 2260): the tier lies in the length, what is above in the prefix. */
import type { DivisionName, Tier } from './wire'

const TIERS: Record<number, Tier> = { 2: 'province', 4: 'city', 6: 'county', 9: 'township' }

export const tierOf = (code: string): Tier => TIERS[code.length] ?? 'village'

/** Whether `above` is `code` or a division over it. */
export const covers = (above: string, code: string): boolean => code.startsWith(above)

/** Whether any of a place lies in `division`, as far as is known (incidents reach over borders). */
export const touches = (place: { path: DivisionName[]; spans: DivisionName[] }, division: string): boolean =>
  [...place.path, ...place.spans].some((step) => covers(division, step.code))
