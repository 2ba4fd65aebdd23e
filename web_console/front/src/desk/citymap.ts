/** The map: the city's own layers drawn by MapLibre, with no tile, glyph or font server. Loaded lazily. */
import type { FeatureCollection, Point } from 'geojson'
import { LngLatBounds, Map as GlMap, Marker, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { AboutMap } from '../lib/answers'
import { get } from '../lib/api'
import { drawIcon } from './icons'
import { difference, EMPTY, type TeamPoint } from './mapdata'
import { boundsOf, circleAround, CLUSTERS, lettered, mergedIcon, paints } from './mapstyle'

export type Moving = 'incidents' | 'chosen' | 'areas' | 'zones' | 'reach' | 'gaps' | 'sited' | 'faults' | 'headings' | 'draft' | 'point'
export type Toggled = 'circles' | 'stations' | 'teams' | 'areas' | 'zones' | 'reach' | 'gaps' | 'sited' | 'faults'
export type CityMap = {
  /** Whether anything looks otherwise than before. */
  show(what: Moving, data: FeatureCollection): boolean
  /** Thousands of teams: only what is new of them is handed on. */
  showTeams(points: readonly TeamPoint[]): boolean
  /** Once the map is at rest, and what it drew was taken. */
  drawn(): Promise<void>
  /** Moves a place out from under the report's panel. */
  uncover(at: { lon: number; lat: number }): void
  /** Shows a line beside the form that lies over the map, near enough to be told from its neighbours. */
  reveal(line: readonly [number, number][]): void
  /** As near as all of these can be seen. */
  frame(places: readonly [number, number][]): void
  /** What it and its controls are called, for whoever hears the page. `told`: the id of what describes it. */
  call(words: { map: string; zoomIn: string; zoomOut: string; told: string }): void
  paint(theme: string): void
  /** An element of the page on the map, which may be dragged: `moved` is told where it was let go. */
  pin(element: HTMLElement, at: { lon: number; lat: number }, moved: (at: { lon: number; lat: number }) => void): { move(at: { lon: number; lat: number }): void; remove(): void }
  toggle(shown: Record<Toggled, boolean>): void
  close(): void
}
/** `click` says whether the first corner of a drawn area was hit; `many` names incidents that no zoom takes apart. */
type Hears = {
  click: (lon: number, lat: number, isFirst: boolean) => void
  choose: (incident: string) => void
  many: (incidents: string[]) => void
  /** Whether any click is a place, whatever lies there. */
  isPicking: () => boolean
  idle: () => void
}

const PANEL_PX = 460
/** A line shorter than this on the screen is a dot among others. */
const TOLD_APART_PX = 40
const MARGIN_PX = 40
const NEAR_ZOOM = 15
const FRAME_PX = 80
const SCENE_ZOOM = 13
const DRAWN_MOST_MS = 10_000
const MOVING = ['incidents', 'chosen', 'areas', 'zones', 'reach', 'gaps', 'sited', 'faults', 'headings', 'draft', 'point'] as const
const OF_TOGGLE: Record<Toggled, string[]> = { circles: ['circles'], stations: ['stations'], teams: ['teams', 'headings'], areas: ['area-fill', 'area-edge'], zones: ['zone-fill', 'zone-edge', 'zone-name'], reach: ['reach-fill', 'reach-edge'], gaps: ['gap-fill'], sited: ['sited-point', 'sited-name'], faults: ['fault-edge', 'fault-point'] }
const CLOSEST = 17 // closer than this, incidents are at one place

/** Where the realm's own ground is asked for; `layer` "": what it is. */
const ownGround = (layer: string): string => (layer === '' ? '/map' : `/map/${layer}`)

/** `letters`: so many times the usual size; `ground`: of another city. Throws when there is no WebGL2: the lists then stand alone. */
export async function openCityMap(box: HTMLElement, post: string, hears: Hears, letters = 1, ground = ownGround): Promise<CityMap> {
  setWorkerUrl(workerUrl)
  const about = await get<AboutMap>(ground(''))
  const names = ['divisions', 'water', 'urban', 'roads', 'places', 'stations'] as const
  const found = await Promise.all(names.map((name) => get<FeatureCollection>(ground(name))))
  const layers = Object.fromEntries(names.map((name, i) => [name, found[i] ?? EMPTY])) as Record<(typeof names)[number], FeatureCollection>
  const circles: FeatureCollection = { type: 'FeatureCollection', features: layers.stations.features.map(circleAround) }
  const still = Object.entries({ ...layers, circles }).map(([name, data]) => [name, { type: 'geojson', data }])
  const moving = [...MOVING, 'teams'].map((name) => [name, { type: 'geojson', data: EMPTY, ...(name === 'incidents' ? CLUSTERS : {}) }])
  const bounds = boundsOf(layers.divisions, post) ?? about.bounds
  const map = new GlMap({
    container: box,
    style: { version: 8, sources: Object.fromEntries([...still, ...moving]), layers: lettered(letters) },
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
    const image = map.hasImage(id) ? null : drawIcon(id)
    if (image) map.addImage(id, image, { pixelRatio: 2 })
  })
  map.on('click', (event) => void clicked(map, event, hears))
  map.on('dblclick', (event) => hears.isPicking() && event.preventDefault()) // two quick corners are no wish to zoom
  map.once('idle', hears.idle)
  await map.once('load')
  const shown = new Map<Moving, string>(MOVING.map((what) => [what, JSON.stringify(EMPTY)]))
  let teams = new Map<string, TeamPoint>()
  return {
    show: (what, data) => {
      const text = JSON.stringify(data)
      if (shown.get(what) === text) return false // an incident changed in what the map does not show
      shown.set(what, text)
      void map.getSource<GeoJSONSource>(what)?.setData(data)
      return true
    },
    showTeams: (points) => {
      const { remove, add } = difference(teams, points)
      if (remove.length + add.length === 0) return false
      teams = new Map(points.map((each) => [each.id, each]))
      void map.getSource<GeoJSONSource>('teams')?.updateData({ remove, add })
      return true
    },
    drawn: () => drawn(map),
    uncover: (at) => {
      const { x } = map.project([at.lon, at.lat])
      if (x < PANEL_PX) map.panBy([x - PANEL_PX - 80, 0], { animate: false })
    },
    reveal: (line) => {
      const seen = line.map(([lon, lat]) => map.project([lon, lat]))
      const [xs, ys] = [seen.map(({ x }) => x), seen.map(({ y }) => y)]
      const size = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
      const { clientWidth: width, clientHeight: height } = map.getContainer()
      const isBeside = Math.min(...xs) > PANEL_PX && Math.max(...xs) < width && Math.min(...ys) > 0 && Math.max(...ys) < height
      if (size >= TOLD_APART_PX && isBeside) return
      const bounds = new LngLatBounds(line[0], line[0])
      for (const at of line) bounds.extend(at)
      map.fitBounds(bounds, { padding: { left: Math.min(PANEL_PX + MARGIN_PX, width / 2), top: MARGIN_PX, right: MARGIN_PX, bottom: MARGIN_PX }, maxZoom: NEAR_ZOOM, animate: false })
    },
    frame: (places) => {
      const bounds = new LngLatBounds()
      for (const at of places) bounds.extend(at)
      if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: FRAME_PX, maxZoom: SCENE_ZOOM, animate: false })
    },
    call: ({ map: label, zoomIn, zoomOut, told }) => {
      const canvas = map.getCanvas()
      for (const [name, value] of [['role', 'group'], ['aria-label', label], ['aria-describedby', told]] as const) canvas.setAttribute(name, value)
      for (const [control, word] of [['in', zoomIn], ['out', zoomOut]] as const)
        for (const name of ['aria-label', 'title']) box.querySelector(`.maplibregl-ctrl-zoom-${control}`)?.setAttribute(name, word)
    },
    paint: (theme) => {
      for (const [layer, property, value] of paints(theme)) map.setPaintProperty(layer, property, value)
      map.setLayoutProperty('incidents', 'icon-image', mergedIcon(theme))
    },
    pin: (element, at, moved) => {
      const marker = new Marker({ element, draggable: true, clickTolerance: 3 }).setLngLat([at.lon, at.lat]).addTo(map)
      marker.on('dragend', () => {
        const { lng, lat } = marker.getLngLat()
        moved({ lon: lng, lat })
      })
      return { move: (to) => void marker.setLngLat([to.lon, to.lat]), remove: () => void marker.remove() }
    },
    toggle: (shown) => {
      for (const [what, on] of Object.entries(shown))
        for (const layer of OF_TOGGLE[what as Toggled]) map.setLayoutProperty(layer, 'visibility', on ? 'visible' : 'none')
    },
    close: () => map.remove(),
  }
}

/** A browser that draws without a graphics card takes no further frame before it has drawn this one. */
function drawn(map: GlMap): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, DRAWN_MOST_MS) // a page that is not looked at draws nothing
    map.once('idle', () => requestAnimationFrame(() => requestAnimationFrame(() => done())))
  })
}

async function clicked(map: GlMap, event: MapMouseEvent, hears: Hears): Promise<void> {
  const { lng, lat } = event.lngLat
  if (hears.isPicking()) {
    const corner = map.queryRenderedFeatures(event.point, { layers: ['draft-corners'] })
    hears.click(lng, lat, corner.some((each) => each.properties['first'] === true))
    return
  }
  const hit = map.queryRenderedFeatures(event.point, { layers: ['chosen', 'incidents'] })[0]
  const id: unknown = hit?.properties['id']
  const cluster: unknown = hit?.properties['cluster_id']
  if (hit && typeof cluster === 'number') await openCluster(map, cluster, (hit.geometry as Point).coordinates as [number, number], hears)
  else if (typeof id === 'string') hears.choose(id)
  else hears.click(lng, lat, false)
}

/** Nearer, until they come apart; those at one place are named in the list. */
async function openCluster(map: GlMap, cluster: number, center: [number, number], hears: Hears): Promise<void> {
  const source = map.getSource<GeoJSONSource>('incidents')
  if (!source) return
  const zoom = await source.getClusterExpansionZoom(cluster)
  if (zoom <= CLOSEST) {
    map.jumpTo({ center, zoom })
    return
  }
  const leaves = await source.getClusterLeaves(cluster, Infinity, 0)
  hears.many(leaves.map((leaf) => String(leaf.properties?.['id'])))
}
