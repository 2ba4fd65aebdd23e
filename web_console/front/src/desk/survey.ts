/** The survey of the ground, as docs/api.md has it. Pure. */
import type { FeatureCollection, Geometry } from 'geojson'
import { t } from '../lib/say'
import type { DivisionName } from '../lib/wire'
import { collection, point } from './mapdata'

export type Row = DivisionName & { km2: number; near: number; in_time: number | null }
export type Gap = { lon: number; lat: number; km2: number; division: string; name: string; area: Geometry | null }
export type Site = { lon: number; lat: number; division: string; name: string }
/** `basis`: whether built-up land is counted or all ground; `by_road`: whether roads are known; `next`: where more stations would cover most. */
export type Coverage = {
  basis: 'built' | 'ground'
  minutes: number
  by_road: boolean
  divisions: Row[]
  gaps: Gap[]
  next: { sites: Site[]; km2: number; best_km2: number }
}
export type Faults = FeatureCollection<Geometry | null, FaultRow>
export type FaultRow = { what: string; names: string[]; m2: number; metres: number; why: string }

/** A share as it is: none is 0 %, all is 100 %, and what is nearly so is neither. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %'
  return share < 1 && share > 0.99 ? '>99 %' : `${Math.round(share * 100)} %`
}

/** The least covered first. */
export const byNear = (rows: readonly Row[]): Row[] => rows.toSorted((a, b) => a.near - b.near || (a.code < b.code ? -1 : 1))

/** Of all rows together. */
export function sumOf(rows: readonly Row[]): { km2: number; near: number; in_time: number | null } {
  const km2 = rows.reduce((sum, row) => sum + row.km2, 0)
  const share = (of: (row: Row) => number): number => (km2 === 0 ? 0 : rows.reduce((sum, row) => sum + row.km2 * of(row), 0) / km2)
  return { km2, near: share((row) => row.near), in_time: rows.every((row) => row.in_time !== null) ? share((row) => row.in_time ?? 0) : null }
}

/** Faults that have a place, for the map; of those that are many a name each would hide the others. */
export const faultsOnMap = (found: Faults | null): FeatureCollection =>
  collection((found?.features ?? []).flatMap((each) => (each.geometry ? [{ type: 'Feature' as const, properties: {}, geometry: each.geometry }] : [])))

/** Gaps and proposed places, for the map. */
export const onMap = (found: Coverage | null): FeatureCollection =>
  collection([
    ...(found?.gaps ?? []).flatMap((gap) => (gap.area ? [{ type: 'Feature' as const, properties: { is: 'gap' }, geometry: gap.area }] : [])),
    ...(found?.next.sites ?? []).map((site, i) => point([site.lon, site.lat], { is: 'site', name: t('survey.site', { n: i + 1 }) })),
  ])
