/** Rows of an editor of needs: bounds, what is sent, how they read. */
import { listed, t } from '../lib/say'
import { tables } from '../lib/tables.svelte'

export type NeedRow = { speciality: string; minimum: number; maximum: number; by_ms: number | null }
type Bounds = Pick<NeedRow, 'speciality' | 'minimum' | 'maximum'>

export const isSound = (row: Bounds): boolean =>
  Number.isInteger(row.minimum) && Number.isInteger(row.maximum) && row.minimum >= 1 && row.minimum <= row.maximum && row.maximum <= 999

export const leastOf = (rows: readonly Bounds[]): number => rows.reduce((sum, row) => sum + (row.minimum || 0), 0)

/** Seats: what authority is judged by. */
export const mostOf = (rows: readonly Bounds[]): number => rows.reduce((sum, row) => sum + (row.maximum || 0), 0)

export const peopleOf = (rows: readonly Bounds[]): string => t('people.range', { a: leastOf(rows), b: mostOf(rows) })

/** As rows to edit; a need that was taken away while people had seats (minimum 0) is none any more. */
export const rowsOf = (needs: readonly NeedRow[]): NeedRow[] =>
  needs
    .filter((need) => need.minimum > 0)
    .map(({ speciality, minimum, maximum, by_ms }) => ({ speciality, minimum, maximum, by_ms }))

export const needsToSend = (rows: readonly NeedRow[]): Record<string, unknown>[] =>
  rows.map(({ speciality, minimum, maximum, by_ms }) => ({
    speciality,
    minimum,
    maximum,
    ...(by_ms === null ? {} : { by_ms: Math.round(by_ms) }),
  }))

/** 巡堤查险 6–12、急救 2–4 */
export const needsInWords = (rows: readonly Bounds[]): string =>
  listed(rows.map((row) => `${tables.speciality(row.speciality)} ${row.minimum}–${row.maximum}`))
