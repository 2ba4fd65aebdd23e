/** The map: the city's own layers drawn by MapLibre, with no tile, glyph or font server. Loaded lazily. */
import type { FeatureCollection, Position } from 'geojson'
import { Map as GlMap, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { get } from '../lib/api'
import type { AboutMap, Incident, Lang, Team } from '../lib/wire'
import { tables } from '../lib/tables.svelte'
import { drawIncident, drawTeam } from './icons'
import { boundsOf, circleAround, LAYERS, paints } from './mapstyle'

export type CityMap = {
  showIncidents(incidents: Incident[], chosen: string | null, lang: Lang): void
  showTeams(teams: Team[], chosen: string | null): void
  showPoint(point: { lon: number; lat: number } | null): void
  paint(theme: string): void
  toggle(shown: { circles: boolean; stations: boolean; teams: boolean }): void
  close(): void
}
type Hears = { click: (lon: number, lat: number) => void; choose: (incident: string) => void; idle: () => void }

const PANEL_PX = 460 // the report's panel covers the map's left: the point is moved out from under it
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }
const points = (rows: { at: Position; properties: Record<string, unknown> }[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: rows.map(({ at, properties }) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } })),
})

/** Throws when there is no WebGL2: the lists then stand alone. */
export async function openCityMap(box: HTMLElement, post: string, hears: Hears): Promise<CityMap> {
  setWorkerUrl(workerUrl)
  const about = await get<AboutMap>('/map')
  const names = ['divisions', 'water', 'urban', 'roads', 'places', 'stations'] as const
  const found = await Promise.all(names.map((name) => get<FeatureCollection>(`/map/${name}`)))
  const layers = Object.fromEntries(names.map((name, i) => [name, found[i] ?? EMPTY])) as Record<(typeof names)[number], FeatureCollection>
  const circles: FeatureCollection = { type: 'FeatureCollection', features: layers.stations.features.map(circleAround) }
  const sources = { ...layers, circles, incidents: EMPTY, teams: EMPTY, point: EMPTY }
  const bounds = boundsOf(layers.divisions, post) ?? about.bounds
  const map = new GlMap({
    container: box,
    style: {
      version: 8,
      sources: Object.fromEntries(Object.entries(sources).map(([name, data]) => [name, { type: 'geojson', data }])),
      layers: LAYERS,
    },
    ...(bounds ? { bounds, fitBoundsOptions: { padding: 24 } } : {}),
    localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    canvasContextAttributes: { preserveDrawingBuffer: false },
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new ScaleControl({ maxWidth: 120 }), 'bottom-right')
  map.setMissingStyleImageResolver((id) => {
    if (map.hasImage(id)) return
    const image = id.startsWith('team-') ? drawTeam(id) : drawIncident(id)
    if (image) map.addImage(id, image, { pixelRatio: 2 })
  })
  map.on('click', (event) => {
    const hit = map.queryRenderedFeatures(event.point, { layers: ['incidents'] })[0]
    const id: unknown = hit?.properties['id']
    if (typeof id === 'string') hears.choose(id)
    else hears.click(event.lngLat.lng, event.lngLat.lat)
  })
  map.once('idle', hears.idle)
  await map.once('load')
  const fill = (name: string, data: FeatureCollection): void => void map.getSource<GeoJSONSource>(name)?.setData(data)
  return {
    showIncidents: (incidents, chosen, lang) =>
      fill(
        'incidents',
        points(
          incidents.map((i) => {
            const category = tables.category(i.category)
            const mark = (lang === 'zh' ? category?.mark_zh : category?.mark_en) ?? ''
            const icon = `sev-${i.severity}-${mark}-${document.documentElement.dataset['theme']}-${i.id === chosen ? 'x' : ''}`
            return { at: [i.lon, i.lat], properties: { id: i.id, icon, order: i.id === chosen ? 0 : i.severity, name: i.name } }
          }),
        ),
      ),
    showTeams: (teams, chosen) =>
      fill(
        'teams',
        points(
          teams.map((team) => ({
            at: [team.lon, team.lat],
            properties: { icon: `team-${team.state}-${document.documentElement.dataset['theme']}`, name: chosen !== null && team.incident === chosen ? team.name : '' },
          })),
        ),
      ),
    showPoint: (point) => {
      fill('point', point ? points([{ at: [point.lon, point.lat], properties: {} }]) : EMPTY)
      const shown = point && map.project([point.lon, point.lat])
      if (shown && shown.x < PANEL_PX) map.panBy([shown.x - PANEL_PX - 80, 0], { animate: false })
    },
    paint: () => {
      for (const [layer, property, value] of paints()) map.setPaintProperty(layer, property, value)
    },
    toggle: (shown) => {
      for (const [layer, on] of Object.entries(shown)) map.setLayoutProperty(layer, 'visibility', on ? 'visible' : 'none')
    },
    close: () => map.remove(),
  }
}
