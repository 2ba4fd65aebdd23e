/** Metres east and north of a seat, as the server reckons them (geo/plane.py: transverse Mercator on WGS-84): good to a metre within 50 km. */
export type LonLat = { lon: number; lat: number }
export type Metres = { east_m: number; north_m: number }

const A = 6_378_137
const E2 = 0.006_694_379_990_141_3
const RAD = Math.PI / 180

/** Radii of curvature: along the meridian, and across it. */
function radii(lat: number): [meridian: number, across: number] {
  const w = 1 - E2 * Math.sin(lat * RAD) ** 2
  return [(A * (1 - E2)) / w ** 1.5, A / Math.sqrt(w)]
}

export function beside(seat: LonLat, { east_m, north_m }: Metres): LonLat {
  let foot = seat.lat + north_m / radii(seat.lat)[0] / RAD
  foot = seat.lat + north_m / radii((seat.lat + foot) / 2)[0] / RAD
  const [meridian, across] = radii(foot)
  const tan = Math.tan(foot * RAD)
  const x = east_m / across
  return { lon: seat.lon + (x - ((1 + 2 * tan * tan) * x ** 3) / 6) / Math.cos(foot * RAD) / RAD, lat: foot - (across / meridian) * tan * (x * x) / 2 / RAD }
}

export function from(seat: LonLat, at: LonLat): Metres {
  const [, across] = radii(at.lat)
  const [meridian] = radii((seat.lat + at.lat) / 2)
  const turn = (at.lon - seat.lon) * RAD
  const [sin, cos] = [Math.sin(at.lat * RAD), Math.cos(at.lat * RAD)]
  const x = turn * cos
  const east_m = across * (x + ((1 - (sin / cos) ** 2) * x ** 3) / 6)
  return { east_m, north_m: meridian * (at.lat - seat.lat) * RAD + (across * sin * cos * turn * turn) / 2 }
}

/** As the crow flies, by the plane of the first. */
export const apart = (a: LonLat, b: LonLat): number => {
  const { east_m, north_m } = from(a, b)
  return Math.hypot(east_m, north_m)
}
