/** Coordinates as they are pasted from elsewhere, with the datum where the text names it. */
import { parsePair } from './format'

export type Pasted = { lon: number; lat: number; crs: string | null }

const NAMED: readonly [RegExp, string][] = [
  [/gcj-?\s?0?2|火星|高德|腾讯|微信|amap|map\.qq/gi, 'gcj02'],
  [/bd-?\s?0?9(?:ll)?|百度|baidu/gi, 'bd09'],
  [/cgcs-?\s?(?:2000)?|天地图|国家2000/gi, 'cgcs2000'],
  [/wgs-?\s?(?:84)?|gps|北斗/gi, 'wgs84'],
]

/** Null when the text is no pair of coordinates: it is the name of a place then. */
export function readPasted(text: string): Pasted | null {
  const named = NAMED.filter(([pattern]) => text.search(pattern) >= 0)
  const rest = named.reduce((left, [pattern]) => left.replace(pattern, ' '), text)
  const pair = /\d\.\d/.test(rest) ? parsePair(rest) : null
  return pair === null ? null : { ...pair, crs: named.length === 1 ? named[0]![1] : null } // two datums named: nobody guesses
}
