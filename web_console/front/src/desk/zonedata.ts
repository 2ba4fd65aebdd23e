/** Marked ground on the map, as GeoJSON. Pure. */
import type { FeatureCollection } from 'geojson'
import { closed, collection } from './mapdata'
import { nameOf, type Zone } from './zones'

/** Danger areas and closed roads, each with what it is on a plate. */
export const zonesOf = (zones: readonly Zone[]): FeatureCollection =>
  collection(
    zones.map((each) => ({
      type: 'Feature', properties: { id: each.id, name: nameOf(each), overdue: each.overdue }, geometry: { type: 'Polygon', coordinates: [closed(each.ring)] },
    })),
  )
