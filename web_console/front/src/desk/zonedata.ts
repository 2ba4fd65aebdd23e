/** Marked ground on the map, as GeoJSON. Pure. */
import type { Feature, FeatureCollection } from 'geojson'
import { closed, collection } from './mapdata'
import { nameOf, type Stretch, type Zone } from './zones'

/** Danger areas and closed roads, each with what it is on a plate: of a stretch of road in its middle. */
export const zonesOf = (zones: readonly Zone[]): FeatureCollection =>
  collection(
    zones.flatMap((each): Feature[] => {
      const properties = { id: each.id, name: nameOf(each), overdue: each.overdue, road: each.stretch !== null }
      if (each.stretch === null) return [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [closed(each.ring)] } }]
      return [
        { type: 'Feature', properties: { ...properties, name: '' }, geometry: { type: 'LineString', coordinates: each.stretch.line } },
        { type: 'Feature', properties, geometry: { type: 'Point', coordinates: middleOf(each.stretch.line) } },
      ]
    }),
  )

/** A stretch of road before it is closed. */
export const stretchOf = (stretch: Stretch): FeatureCollection =>
  collection([{ type: 'Feature', properties: { road: true }, geometry: { type: 'LineString', coordinates: stretch.line } }])

/** Half way along a line, as it is drawn. */
export function middleOf(line: readonly [number, number][]): [number, number] {
  const lengths = line.slice(1).map(([lon, lat], i) => Math.hypot((lon - line[i]![0]) * Math.cos((lat * Math.PI) / 180), lat - line[i]![1]))
  let left = lengths.reduce((sum, each) => sum + each, 0) / 2
  for (const [i, length] of lengths.entries()) {
    const [[a, b], [c, d]] = [line[i]!, line[i + 1]!]
    if (left <= length && length > 0) return [a + ((c - a) * left) / length, b + ((d - b) * left) / length]
    left -= length
  }
  return line[0]!
}
