/** The survey of the ground, as docs/api.md has it. Pure. */
import './survey.words'
import type { FeatureCollection, Geometry } from 'geojson'
import { t } from '../lib/say'
import type { DivisionName } from '../lib/wire'
import { collection, point } from './mapdata'

/** `weight`: people, buildings or square kilometres, as the basis is. */
export type Row = DivisionName & { weight: number; near: number; in_time: number | null }
export type Gap = { lon: number; lat: number; weight: number; division: string; name: string; area: Geometry | null }
/** What is counted. */
export type Basis = 'people' | 'buildings' | 'built' | 'ground'
/** `bases`: those that are known here; `by_road`: whether roads are known. */
export type Coverage = {
  basis: Basis
  bases: Basis[]
  minutes: number
  by_road: boolean
  divisions: Row[]
  gaps: Gap[]
}
export const STATION_ASKS = ['next', 'twice'] as const
export const TEAM_ASKS = ['quickest', 'in_time'] as const
export type SiteAsk = (typeof STATION_ASKS)[number] | (typeof TEAM_ASKS)[number]
export type Site = { kind: 'station' | 'place' | 'ground'; name: string; within: string; lon: number; lat: number }
/** Where to put k of something: shares of `weight` covered before and after, and what no choice of as many betters; of `quickest` the mean
    seconds instead. `compared` of `of` places. */
export type Siting = {
  ask: SiteAsk
  k: number
  speciality: string
  basis: Basis
  weight: number
  minutes: number
  late_minutes: number
  compared: number
  of: number
  ran_out: boolean
  before: number
  after: number
  best: number | null
  before_s?: number
  after_s?: number
  best_s?: number
  sites: Site[]
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
export function sumOf(rows: readonly Row[]): { weight: number; near: number; in_time: number | null } {
  const weight = rows.reduce((sum, row) => sum + row.weight, 0)
  const share = (of: (row: Row) => number): number => (weight === 0 ? 0 : rows.reduce((sum, row) => sum + row.weight * of(row), 0) / weight)
  return { weight, near: share((row) => row.near), in_time: rows.every((row) => row.in_time !== null) ? share((row) => row.in_time ?? 0) : null }
}

/** Faults that have a place, for the map; of those that are many a name each would hide the others. */
export const faultsOnMap = (found: Faults | null): FeatureCollection =>
  collection((found?.features ?? []).flatMap((each) => (each.geometry ? [{ type: 'Feature' as const, properties: {}, geometry: each.geometry }] : [])))

/** Gaps, for the map. */
export const onMap = (found: Coverage | null): FeatureCollection =>
  collection((found?.gaps ?? []).flatMap((gap) => (gap.area ? [{ type: 'Feature' as const, properties: {}, geometry: gap.area }] : [])))

/** Proposed places, for the map: by name, a piece of open ground by its number. */
export const sitesOnMap = (found: Siting | null): FeatureCollection =>
  collection((found?.sites ?? []).map((site, i) => point([site.lon, site.lat], { name: site.kind === 'ground' ? t('survey.site', { n: i + 1 }) : site.name })))

/** A share with as many digits as a small gain needs. */
export const fineShare = (share: number): string => (share === 0 || share === 1 ? shareText(share) : `${(share * 100).toFixed(1)} %`)

/** How much, in the unit of what is counted. */
export function amount(basis: Basis, weight: number): string {
  const n = basis === 'people' || basis === 'buildings' || weight >= 10 ? Math.round(weight) : weight.toFixed(1)
  return t(basis === 'people' ? 'survey.people' : basis === 'buildings' ? 'survey.buildings' : 'survey.km2', { n })
}

const SAME = 0.0001
/** Whether nothing can be better, as far as is shown. */
export const isBest = (found: Siting): boolean => (found.best === null ? (found.after_s ?? 0) - (found.best_s ?? 0) < 1 : found.best - found.after < SAME)
