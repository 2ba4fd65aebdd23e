/** Layers of the map, bottom first, and their paints from the design tokens. */
import type { Feature, FeatureCollection, Position } from 'geojson'
import type { ExpressionSpecification, LayerSpecification, Map as GlMap } from 'maplibre-gl'
import { token } from './tokens'

const RADIUS_M = 6_371_008.8 // mean Earth radius (IUGG)
const CORNERS = 48

/** A station's service circle as a polygon: good to a metre at one kilometre. */
export function circleAround(station: Feature): Feature {
  const [lon, lat] = station.geometry.type === 'Point' ? (station.geometry.coordinates as [number, number]) : [0, 0]
  const radius = Number(station.properties?.['radius_m'] ?? 1000)
  const dLat = ((radius / RADIUS_M) * 180) / Math.PI
  const dLon = dLat / Math.cos((lat * Math.PI) / 180)
  const ring = Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / CORNERS
    return [lon + dLon * Math.cos(angle), lat + dLat * Math.sin(angle)]
  })
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }
}

/** West, south, east, north of a post's own division; null where its border is not known. */
export function boundsOf(divisions: FeatureCollection, post: string): [number, number, number, number] | null {
  const geometry = divisions.features.find((each) => each.properties?.['code'] === post)?.geometry
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return null
  const corners = (geometry.coordinates as Position[][][]).flat(geometry.type === 'Polygon' ? 1 : 2) as unknown as Position[]
  const [lons, lats] = [corners.map((at) => at[0]!), corners.map((at) => at[1]!)]
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** With letters so many times as large: a wall is read from afar. */
export const lettered = (times: number): LayerSpecification[] =>
  LAYERS.map((layer) => {
    if (layer.type !== 'symbol' || typeof layer.layout?.['text-size'] !== 'number') return layer
    return { ...layer, layout: { ...layer.layout, 'text-size': layer.layout['text-size'] * times } }
  })

/** Crowded marks become one, in the gravest shape, with their count. */
export const CLUSTERS = {
  cluster: true,
  clusterRadius: 28,
  clusterMaxZoom: 22,
  clusterProperties: { gravest: ['min', ['get', 'gravest']] },
}

export function mergedIcon(theme: string): ExpressionSpecification {
  const many: ExpressionSpecification = ['concat', 'sev-', ['to-string', ['get', 'gravest']], '-', ['to-string', ['get', 'point_count']], `-${theme}-n`]
  return ['case', ['has', 'point_count'], many, ['get', 'icon']]
}

const label = { 'text-font': ['local'], 'text-padding': 4 } satisfies Record<string, unknown>

export const LAYERS: LayerSpecification[] = [
  { id: 'land', type: 'background' },
  { id: 'urban', type: 'fill', source: 'urban' },
  { id: 'water', type: 'fill', source: 'water', filter: ['==', ['geometry-type'], 'Polygon'] },
  { id: 'shore', type: 'line', source: 'water', paint: { 'line-width': 1.2 } },
  { id: 'roads-3', type: 'line', source: 'roads', minzoom: 11, filter: ['in', ['get', 'kind'], ['literal', ['residential', 'unclassified', 'service', 'track', 'path']]], paint: { 'line-width': 0.7 } },
  { id: 'roads-2', type: 'line', source: 'roads', filter: ['in', ['get', 'kind'], ['literal', ['secondary', 'tertiary']]], paint: { 'line-width': 1 } },
  { id: 'roads-1', type: 'line', source: 'roads', filter: ['in', ['get', 'kind'], ['literal', ['motorway', 'trunk', 'primary', 'bridge']]], paint: { 'line-width': 1.6 } },
  { id: 'edge-town', type: 'line', source: 'divisions', minzoom: 9, filter: ['==', ['get', 'tier'], 9], paint: { 'line-dasharray': [1, 2] } },
  { id: 'edge-county', type: 'line', source: 'divisions', filter: ['<=', ['get', 'tier'], 6], paint: { 'line-dasharray': [5, 2, 1, 2], 'line-width': 1.2 } },
  { id: 'circles', type: 'line', source: 'circles', paint: { 'line-opacity': ['interpolate', ['linear'], ['zoom'], 8, 0.25, 11, 0.9] } },
  { id: 'stations', type: 'circle', source: 'stations', paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 1, 12, 3] } },
  { id: 'places-town', type: 'symbol', source: 'places', minzoom: 9.5, filter: ['==', ['get', 'kind'], 'township'], layout: { ...label, 'text-field': ['get', 'name'], 'text-size': 12 } },
  // after the towns, as what lies above is lettered first: the town where a county has its seat would take the county's place
  { id: 'places-county', type: 'symbol', source: 'places', filter: ['==', ['get', 'kind'], 'county'], layout: { ...label, 'text-field': ['get', 'name'], 'text-size': 16, 'text-letter-spacing': 0.2, 'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 1.2 } },
  { id: 'area-fill', type: 'fill', source: 'areas' },
  { id: 'area-edge', type: 'line', source: 'areas', paint: { 'line-width': 2 } },
  { id: 'fault-edge', type: 'line', source: 'faults', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-width': 3, 'line-dasharray': [1, 1] } },
  { id: 'fault-point', type: 'circle', source: 'faults', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 7, 'circle-color': 'transparent', 'circle-stroke-width': 3 } },
  { id: 'gap-fill', type: 'fill', source: 'gaps', paint: { 'fill-opacity': 0.25 } },
  { id: 'sited-point', type: 'circle', source: 'sited', paint: { 'circle-radius': 9, 'circle-opacity': 0.3, 'circle-stroke-width': 3 } },
  { id: 'sited-name', type: 'symbol', source: 'sited', layout: { ...label, 'text-anchor': 'top', 'text-offset': [0, 0.9], 'text-field': ['get', 'name'], 'text-size': 13, 'text-allow-overlap': true }, paint: { 'text-halo-width': 2.5 } },
  { id: 'reach-fill', type: 'fill', source: 'reach', paint: { 'fill-opacity': 0.14 } },
  { id: 'reach-edge', type: 'line', source: 'reach', filter: ['==', ['get', 'minutes'], 15], paint: { 'line-width': 1 } },
  { id: 'zone-fill', type: 'fill', source: 'zones', filter: ['==', ['geometry-type'], 'Polygon'] },
  { id: 'zone-edge', type: 'line', source: 'zones', paint: { 'line-width': ['case', ['get', 'road'], 6, ['get', 'overdue'], 4, 2.5] } },
  { id: 'zone-name', type: 'symbol', source: 'zones', layout: { ...label, 'text-field': ['get', 'name'], 'text-size': 12, 'text-allow-overlap': true }, paint: { 'text-halo-width': 2.5 } },
  { id: 'headings', type: 'line', source: 'headings', paint: { 'line-dasharray': [3, 2], 'line-width': 1.6 } },
  { id: 'teams', type: 'symbol', source: 'teams', layout: { 'icon-image': ['get', 'icon'], 'icon-size': ['interpolate', ['linear'], ['zoom'], 8, 0.6, 12, 1], 'icon-allow-overlap': true, ...label, 'text-field': ['get', 'name'], 'text-size': 12, 'text-offset': [0, 1.2], 'text-anchor': 'top', 'text-optional': true } },
  { id: 'incidents', type: 'symbol', source: 'incidents', layout: { 'icon-image': mergedIcon('night'), 'icon-allow-overlap': true, 'symbol-sort-key': ['-', ['get', 'gravest']] } },
  { id: 'chosen', type: 'symbol', source: 'chosen', layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true } },
  { id: 'draft-fill', type: 'fill', source: 'draft', filter: ['==', ['geometry-type'], 'Polygon'] },
  { id: 'draft-edge', type: 'line', source: 'draft', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-width': ['case', ['has', 'road'], 6, 2] } },
  { id: 'draft-corners', type: 'circle', source: 'draft', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': ['case', ['get', 'first'], 7, 4], 'circle-stroke-width': 2 } },
  { id: 'point', type: 'circle', source: 'point', paint: { 'circle-radius': 9, 'circle-color': 'transparent', 'circle-stroke-width': 3 } },
]

type Paint = [layer: string, property: Parameters<GlMap['setPaintProperty']>[1], colour: string]

/** What each layer is painted in the theme in force. */
export function paints(theme: string): Paint[] {
  return [
    ['land', 'background-color', token('land')],
    ['urban', 'fill-color', token('urban')],
    ['water', 'fill-color', token('water')],
    ['shore', 'line-color', token('water-line')],
    ['roads-1', 'line-color', token('road-1')],
    ['roads-2', 'line-color', token('road-2')],
    ['roads-3', 'line-color', token('road-3')],
    ['edge-town', 'line-color', token('edge-town')],
    ['edge-county', 'line-color', token('edge-county')],
    ['circles', 'line-color', token('circle')],
    ['stations', 'circle-color', token('place')],
    ['places-county', 'text-color', token('place')],
    ['places-town', 'text-color', token('place')],
    ['places-county', 'text-halo-color', token('land')],
    ['places-town', 'text-halo-color', token('land')],
    ['headings', 'line-color', token('ok')],
    ['teams', 'text-color', token('ink')],
    ['teams', 'text-halo-color', token('land')],
    ['point', 'circle-stroke-color', token('ink')],
    ['area-edge', 'line-color', token('ink')],
    ['zone-edge', 'line-color', token('ink')],
    ['zone-name', 'text-color', token('ink')],
    ['zone-name', 'text-halo-color', token('panel')],
    ['reach-fill', 'fill-color', token('ok')],
    ['gap-fill', 'fill-color', token('ink')],
    ['fault-edge', 'line-color', token('ink')],
    ['fault-point', 'circle-stroke-color', token('ink')],
    ['sited-point', 'circle-color', token('ink')],
    ['sited-point', 'circle-stroke-color', token('ink')],
    ['sited-name', 'text-color', token('ink')],
    ['sited-name', 'text-halo-color', token('panel')],
    ['reach-edge', 'line-color', token('ok')],
    ['draft-edge', 'line-color', token('ink')],
    ['draft-corners', 'circle-color', token('panel')],
    ['draft-corners', 'circle-stroke-color', token('ink')],
    ['area-fill', 'fill-pattern', `hatch-ink-${theme}`],
    ['zone-fill', 'fill-pattern', `cross-ink-${theme}`],
    ['draft-fill', 'fill-pattern', `hatch-ink-${theme}`],
  ]
}
