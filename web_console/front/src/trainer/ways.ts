/** Crews on their way, on the map: straight from their base to their incident, as nobody knows which road they took. Pure. */
import type { FeatureCollection } from 'geojson'
import { collection, type TeamPoint } from '../desk/mapdata'
import { playTime } from '../lib/format'
import { t } from '../lib/say'
import type { UnderWay } from './wire'

export const waysOf = (crews: readonly UnderWay[]): FeatureCollection =>
  collection(crews.map((each) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [each.from, each.to] } })))

/** Named with the minute of play at which they are due; those of one base lie over each other, which only the list tells apart. */
export function crewPoints(crews: readonly UnderWay[], theme: string, beginMs: number): TeamPoint[] {
  return crews.map((each) => {
    const name = each.eta_ms === null ? each.team : t('scene.due', { team: each.team, t: playTime(each.eta_ms - beginMs).slice(0, -3) })
    return { type: 'Feature', id: each.call, properties: { icon: `team-on_way-${theme}`, name }, geometry: { type: 'Point', coordinates: each.from } }
  })
}
