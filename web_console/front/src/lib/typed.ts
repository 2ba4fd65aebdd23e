/** What people type: times of the city, corners of an area, names one a line. */
import { parsePair } from './format'

const HOURS_EAST = 8 // one zone for the whole country, without summer time
const DAY_MS = 86_400_000

const inCity = (ms: number): string => new Date(ms + HOURS_EAST * 3_600_000).toISOString()
const dayOf = (ms: number): string => inCity(ms).slice(0, 10)
const two = (text: string): string => text.padStart(2, '0')

/** 21:47; with its day (07-14 21:47) when that is another than `now`'s. */
export function clockText(ms: number, now: number): string {
  const text = inCity(ms)
  return dayOf(ms) === dayOf(now) ? text.slice(11, 16) : `${text.slice(5, 10)} ${text.slice(11, 16)}`
}

export type Near = { after: number } | { before: number }

/** A time as typed: 3:10, 0310, 07-14 03:10, 2026-07-14 03:10. A bare clock is the first time after, or the last before. Null when
 * it is none. */
export function readClock(text: string, near: Near): number | null {
  const found = /^(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})\s+)?(\d{1,2})[:：]?(\d{2})$/.exec(text.trim())
  if (found === null) return null
  const [, year, month, day, hour = '', minute = ''] = found
  const at = 'after' in near ? near.after : near.before
  const date = month && day ? `${year ?? dayOf(at).slice(0, 4)}-${two(month)}-${two(day)}` : dayOf(at)
  const ms = Date.parse(`${date}T${two(hour)}:${minute}+${two(String(HOURS_EAST))}:00`)
  if (Number.isNaN(ms)) return null
  if (month) return ms
  if ('after' in near) return ms >= at ? ms : ms + DAY_MS
  return ms <= at ? ms : ms - DAY_MS
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export type Corners = { corners: [number, number][]; badLine: number | null }

/** One corner a line, longitude and latitude in either order. */
export function parseCorners(text: string): Corners {
  const corners: [number, number][] = []
  for (const [i, line] of linesOf(text).entries()) {
    const pair = parsePair(line)
    if (pair === null) return { corners, badLine: i + 1 }
    corners.push([pair.lon, pair.lat])
  }
  return { corners, badLine: null }
}
