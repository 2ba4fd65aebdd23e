/** What moves on the map, as GeoJSON. Pure: no map, no theme but the one it is given. */
import type { Feature, FeatureCollection, Point, Position } from 'geojson'
import { dotted, t } from '../lib/say'
import { time } from '../lib/format'
import { tables } from '../lib/tables.svelte'
import type { Call, Incident, Lang, Team } from '../lib/wire'

export const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }
const LEAST_CORNERS = 3
export const collection = (features: Feature[]): FeatureCollection => (features.length === 0 ? EMPTY : { type: 'FeatureCollection', features })
export const point = (at: Position, properties: Record<string, unknown>): Feature => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } })
export const closed = (ring: readonly [number, number][]): Position[] => [...ring, ...ring.slice(0, 1)]

export const pointAt = (at: { lon: number; lat: number } | null): FeatureCollection => (at ? collection([point([at.lon, at.lat], {})]) : EMPTY)

export function incidentPoints(incidents: readonly Incident[], chosen: boolean, theme: string, lang: Lang): FeatureCollection {
  return collection(
    incidents.map((each) => {
      const category = tables.category(each.category)
      const mark = (lang === 'zh' ? category?.mark_zh : category?.mark_en) ?? ''
      const icon = `sev-${each.severity}-${mark}${each.only ? '?' : ''}-${theme}-${chosen ? 'x' : ''}`
      return point([each.lon, each.lat], { id: each.id, gravest: each.severity, icon })
    }),
  )
}

export const areasOf = (incidents: readonly Incident[]): FeatureCollection =>
  collection(
    incidents
      .filter((each) => each.area.length >= LEAST_CORNERS)
      .map((each) => ({ type: 'Feature', properties: { id: each.id }, geometry: { type: 'Polygon', coordinates: [closed(each.area)] } })),
  )

export type TeamPoint = Feature<Point, { icon: string; name: string }> & { id: string }

/** Teams stand at their bases, with their state as shape; those of the chosen incident are named, with the time they are due. */
export function teamPoints(teams: readonly Team[], chosen: string | null, calls: readonly Call[], theme: string): TeamPoint[] {
  const due = new Map(calls.filter((call) => call.state === 'set_out' && call.eta_ms !== null).map((call) => [call.team, call.eta_ms ?? 0]))
  return teams.map((team) => {
    const eta = due.get(team.id)
    const name = chosen !== null && team.incident === chosen ? dotted([team.name, eta !== undefined && t('eta.at', { at: time(eta) })]) : ''
    return { type: 'Feature', id: team.id, properties: { icon: `team-${team.state}-${theme}`, name }, geometry: { type: 'Point', coordinates: [team.lon, team.lat] } }
  })
}

export type Difference = { remove: string[]; add: TeamPoint[] }

/** What a map that shows `before` lacks to show `after`, by id; one that is added takes the place of the one of its id. */
export function difference(before: ReadonlyMap<string, TeamPoint>, after: readonly TeamPoint[]): Difference {
  const here = new Set(after.map((each) => each.id))
  return { remove: [...before.keys()].filter((id) => !here.has(id)), add: after.filter((each) => !isSame(before.get(each.id), each)) }
}

function isSame(a: TeamPoint | undefined, b: TeamPoint): boolean {
  if (a === undefined || a.properties.icon !== b.properties.icon || a.properties.name !== b.properties.name) return false
  return a.geometry.coordinates.every((each, i) => each === b.geometry.coordinates[i])
}

/** Where the teams on their way to the chosen incident are bound: straight from their bases, as nobody knows which road they took. */
export const headings = (teams: readonly Team[], chosen: Incident | null): FeatureCollection =>
  collection(
    teams
      .filter((team) => chosen !== null && team.incident === chosen.id && team.state === 'on_way')
      .map((team) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [[team.lon, team.lat], [chosen!.lon, chosen!.lat]] } })),
  )

/** An area while it is drawn: its corners (the first one closes it), its edge, and what it holds so far. */
export function draftOf(corners: readonly [number, number][], drawing: boolean): FeatureCollection {
  if (corners.length === 0) return EMPTY
  const ring: Feature[] =
    corners.length >= LEAST_CORNERS
      ? [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [closed(corners)] } }]
      : []
  const edge: Feature[] =
    corners.length > 1
      ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: drawing ? [...corners] : closed(corners) } }]
      : []
  return collection([
    ...ring,
    ...edge,
    ...(drawing ? corners.map((at, i) => point(at, { first: i === 0 })) : []),
  ])
}
