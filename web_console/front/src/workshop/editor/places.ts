/** Where things of a drill lie: a spot is metres beside the seat of a division, so that a drill moves with the city it is played in. Pure. */
import { parsePair } from '../../lib/format'
import { apart, beside, from, type LonLat } from './plane'
import type { Ground, Post, Spot } from './shape'

const ROUND_M = 1

export const postOf = (ground: Ground | null, post: string): Post | null => ground?.posts.find((each) => each.post === post) ?? null

/** A point as a spot: beside the nearest seat of a township, else of whatever there is. */
export function spotAt(ground: Ground, at: LonLat): Spot | null {
  const towns = ground.posts.filter((each) => each.tier === 'township')
  const [first, ...rest] = towns.length > 0 ? towns : ground.posts
  if (!first) return null
  const seat = rest.reduce((best, each) => (apart(each, at) < apart(best, at) ? each : best), first)
  const { east_m, north_m } = from(seat, at)
  return { division: seat.post, east_m: Math.round(east_m / ROUND_M) * ROUND_M, north_m: Math.round(north_m / ROUND_M) * ROUND_M }
}

export function placeOf(ground: Ground | null, spot: Spot | undefined): LonLat | null {
  const seat = spot ? postOf(ground, spot.division) : null
  return seat && spot ? beside(seat, { east_m: spot.east_m ?? 0, north_m: spot.north_m ?? 0 }) : null
}

/** The county above a post, which takes most reports. */
export const countyOf = (post: string): string => post.split('/')[0] ?? post

export type Named = LonLat & { name: string }

/** What was typed, as a point: coordinates, or a name that is known. */
export function readPlace(text: string, names: readonly Named[]): LonLat | null {
  const said = text.trim()
  const found = names.find((each) => each.name === said)
  return found ? { lon: found.lon, lat: found.lat } : /\d\.\d/.test(said) ? parsePair(said) : null
}
