/** The way to a task (docs/api.md), drawn without a map, and links to navigation apps, each in its own datum. Pure. */
import type { Mode } from './modes'

/** `turn` 'on' comes with a name only; `name` is '' where a road has none. */
export type Leg = { turn: 'start' | 'on' | 'left' | 'right' | 'back'; heading: string; metres: number; name: string }
/** `modes`: all that can be asked for; `short_m`: where no road leads to the place, how far from it the roads end; else null. */
export type Way = {
  line: [number, number][]
  legs: Leg[]
  mode: Mode
  modes: Mode[]
  metres: number
  seconds: number
  source: string
  short_m: number | null
  area: boolean
  places: { wgs84: [number, number]; gcj02: [number, number]; bd09: [number, number] }
}
export type Sketch = { path: string; start: [number, number]; end: [number, number]; scaleM: number; scaleW: number }

const SAME_DEG = 2e-6
const METRES_A_DEGREE = 111_195
/** A way of next to nothing is drawn as if it were this long, so that the shortest scale has room. */
const LEAST_M = 150
const SCALES = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000]

/** Points on a sheet of this size: north up, one scale in both directions. */
export function sketch(line: readonly [number, number][], width: number, height: number, margin: number): Sketch {
  const squeeze = Math.cos(((line[0]?.[1] ?? 0) * Math.PI) / 180)
  const xs = line.map(([lon]) => lon * squeeze)
  const ys = line.map(([, lat]) => lat)
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const least = LEAST_M / METRES_A_DEGREE
  const scale = Math.min((width - 2 * margin) / Math.max(east - west, least), (height - 2 * margin) / Math.max(north - south, least))
  const at = (i: number): [number, number] => [
    width / 2 + (xs[i]! - (west + east) / 2) * scale,
    height / 2 - (ys[i]! - (south + north) / 2) * scale,
  ]
  const points = line.map((_, i) => at(i))
  const metresAcross = width / (scale / METRES_A_DEGREE)
  const scaleM = SCALES.findLast((each) => each <= metresAcross / 3) ?? 50
  return {
    path: points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(''),
    start: points[0]!,
    end: points.at(-1)!,
    scaleM,
    scaleW: (scaleM / METRES_A_DEGREE) * scale,
  }
}

export type App = 'phone' | 'amap' | 'baidu'
/** How each app calls a mode; none of them knows of boats. */
const AMAP = { car: 'car', e_bike: 'ride', foot: 'walk' } as const
const BAIDU = { car: 'driving', e_bike: 'riding', foot: 'walking' } as const

/** Nothing of these loads by itself: the place goes to whichever app is chosen. */
export function linksOf({ mode, places: { wgs84, gcj02, bd09 } }: Way): [App, string][] {
  const own: [App, string] = ['phone', `geo:${wgs84[1]},${wgs84[0]}?q=${wgs84[1]},${wgs84[0]}`]
  if (mode === 'boat') return [own]
  return [
    own,
    ['amap', `https://uri.amap.com/navigation?to=${gcj02[0]},${gcj02[1]}&mode=${AMAP[mode]}&coordinate=gaode&callnative=1`],
    ['baidu', `https://api.map.baidu.com/direction?destination=${bd09[1]},${bd09[0]}&mode=${BAIDU[mode]}&coord_type=bd09ll&output=html&src=muster`],
  ]
}

/** What the time of a way rests on. */
export const sourceOf = (source: string): 'road' | 'as_near' | 'no_road' | 'straight' =>
  source.startsWith('road') ? 'road' : source === 'as_near_by_road' ? 'as_near' : source === 'straight_line_no_road' ? 'no_road' : 'straight'

export type Spot = { lon?: number | undefined; lat?: number | undefined }
/** Whether a way that was kept leads to where the task is now. */
export const leadsTo = ({ places: { wgs84: [lon, lat] } }: Way, task: Spot): boolean =>
  Math.abs(lon - (task.lon ?? NaN)) < SAME_DEG && Math.abs(lat - (task.lat ?? NaN)) < SAME_DEG
