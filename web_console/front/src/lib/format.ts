/** Numbers, times and distances as the design guide writes them (section 6). City time is Asia/Shanghai. */
import type { Lang } from './wire'

const ZONE = 'Asia/Shanghai'
/** The zone, which has no summer time. Its clock is reckoned: to make a formatter of it takes a weak phone a tenth of a second. */
const EAST_MS = 8 * 3_600_000

/** 21:47:32 */
export const timeSeconds = (ms: number): string => new Date(ms + EAST_MS).toISOString().slice(11, 19)
/** 21:47 */
export const time = (ms: number): string => timeSeconds(ms).slice(0, 5)

/** 21:47, or with its day when that is another than `now`'s. */
export function when(ms: number, now: number, lang: Lang): string {
  return day(ms, lang) === day(now, lang) ? time(ms) : `${day(ms, lang)} ${time(ms)}`
}

/** 7月14日 周二 / 14 Jul Tue */
export function day(ms: number, lang: Lang): string {
  const part = (options: Intl.DateTimeFormatOptions, locale: string) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: ZONE }).format(ms)
  if (lang === 'zh')
    return `${part({ month: 'long', day: 'numeric' }, 'zh-CN')} ${part({ weekday: 'short' }, 'zh-CN')}`
  return `${part({ day: 'numeric', month: 'short' }, 'en-GB')} ${part({ weekday: 'short' }, 'en-GB')}`
}

const two = (value: number): string => String(value).padStart(2, '0')

/** 00:47 … 59:59, then 1 h 36 m, from 24 h 2 d 3 h. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${two(minutes)}:${two(seconds % 60)}`
  if (hours < 24) return `${hours} h ${minutes % 60} m`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** Time of play: T+0:58:20, before the start T-0:01:00. */
export function playTime(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  return `T${ms < 0 ? '-' : '+'}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** Minutes and seconds of a countdown: 0:58. Never below zero. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

/** 0.42 km, 3.1 km, 14 km */
export function distance(metres: number): string {
  const km = metres / 1000
  return km < 1 ? `${km.toFixed(2)} km` : km < 10 ? `${km.toFixed(1)} km` : `${Math.round(km)} km`
}

const BAND_MIN = 5

/** The five minutes within which a time lies: a travel time is never known better. */
export function band(seconds: number): { a: number; b: number } {
  const low = Math.floor(seconds / 60 / BAND_MIN) * BAND_MIN
  return { a: low, b: low + BAND_MIN }
}

/** As whole per cent, never 0 or 100. */
export function percent(share: number): string {
  return share < 0.01 ? '<1 %' : share > 0.99 ? '>99 %' : `${Math.round(share * 100)} %`
}

/** What one team may say, apart from the per cent of a whole need: 0.81. */
export const odds = (share: number): string => Math.min(0.99, Math.max(0.01, share)).toFixed(2)

/** 30.28417 N, 114.09263 E */
export const coordinates = (lon: number, lat: number): string =>
  `${Math.abs(lat).toFixed(5)} ${lat < 0 ? 'S' : 'N'}, ${Math.abs(lon).toFixed(5)} ${lon < 0 ? 'W' : 'E'}`

export const roman = (level: number): string => ['', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ'][level] ?? String(level)

/** "114.09263, 30.28417" in either order: the larger number within China is the longitude. Null when it is no pair. */
export function parsePair(text: string): { lon: number; lat: number } | null {
  const found = text.match(/-?\d+(?:\.\d+)?/g)?.map(Number)
  if (found?.length !== 2) return null
  const [a, b] = found as [number, number]
  const swapped = Math.abs(a) <= 60 && b > 60 && b <= 180
  const [lon, lat] = swapped ? [b, a] : [a, b]
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null
}
