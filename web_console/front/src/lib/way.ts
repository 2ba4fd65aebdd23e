/** The way to a task (docs/api.md), drawn without a map, and links to navigation apps, each in its own datum. Pure. */
/** `turn` 'on' comes with a name only; `name` is '' where a road has none. */
export type Leg = { turn: 'start' | 'on' | 'left' | 'right' | 'back'; heading: string; metres: number; name: string }
/** `short_m`: where no road leads to the place, how far from it the roads end; else null. */
export type Way = {
  line: [number, number][]
  legs: Leg[]
  metres: number
  seconds: number
  source: string
  short_m: number | null
  area: boolean
  places: { wgs84: [number, number]; gcj02: [number, number]; bd09: [number, number] }
}
export type Sketch = { path: string; start: [number, number]; end: [number, number]; scaleM: number; scaleW: number }

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

/** Nothing of these loads by itself: the place goes to whichever app is chosen. */
export const LINKS = {
  phone: ({ places: { wgs84: [lon, lat] } }: Way) => `geo:${lat},${lon}?q=${lat},${lon}`,
  amap: ({ places: { gcj02: [lon, lat] } }: Way) => `https://uri.amap.com/navigation?to=${lon},${lat}&mode=car&coordinate=gaode&callnative=1`,
  baidu: ({ places: { bd09: [lon, lat] } }: Way) => `https://api.map.baidu.com/direction?destination=${lat},${lon}&mode=driving&coord_type=bd09ll&output=html&src=muster`,
} as const
