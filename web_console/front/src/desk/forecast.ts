/** A forecast, as docs/api.md has it, and how it is said. Pure. */
import { percent, time } from '../lib/format'
import { t } from '../lib/say'
import './forecast.words'

export const RUNS = 200
export const MINUTES = 60
/** People on the spot: the tenth, fiftieth, ninetieth percentile. */
export type Band = [at_ms: number, low: number, middle: number, high: number]
export type Need = {
  incident: string
  speciality: string
  least: number
  by_ms: number
  in_time: number
  promised: number
  /** When half of the runs, when nine in ten had met it; null: not within the time. */
  half_ms: number | null
  most_ms: number | null
  /** When one in ten had; when the first were on the spot in half of them. */
  early_ms: number | null
  first_ms: number | null
  /** In the middle one of the runs: people beyond the least; calls, to how many teams. */
  over: number
  calls: number
  teams: number
  bands: Band[]
}
/** `happened_ms`: up to when it is what really happened. */
export type Branch = { branches: number; until_ms: number; happened_ms: number; needs: Need[] }
/** How much of a course is what really happened: all of it, its beginning, or nothing. */
export const recordOf = (branch: Branch, at_ms: number): 'all' | 'begins' | 'nothing' => (branch.happened_ms >= branch.until_ms ? 'all' : branch.happened_ms > at_ms ? 'begins' : 'nothing')
export type Advice = { incident: string; speciality: string; act: 'wait' | 'next_wave' | 'ask_above'; chance: number; with_it: number }
export type Forecast = { position: number; at_ms: number; branches: Branch[]; advice: Advice[]; names: Record<string, string> }

/** One need, as it is and, where that was asked, with the next wave called now. */
export type Told = { speciality: string; least: number; by_ms: number; ways: Need[]; advice: Advice | null }

/** A need by the name of its speciality and number: a branch may have another one beside it. */
export function toldOf(found: Forecast): Told[] {
  const [plain, ...others] = found.branches
  return (plain?.needs ?? []).map((need) => {
    const isSame = (each: Need): boolean => each.speciality === need.speciality && each.least === need.least
    const ways = [need, ...others.flatMap((branch) => branch.needs.filter(isSame))]
    return { speciality: need.speciality, least: need.least, by_ms: need.by_ms, ways, advice: found.advice.find((each) => each.speciality === need.speciality) ?? null }
  })
}

/** Whether as many as needed are there at the moment of the forecast. */
export const isThere = (need: Need): boolean => (need.bands[0]?.[1] ?? 0) >= need.least

/** When a share of the runs had met it, as a clock time. */
export const momentText = (ms: number | null, at_ms: number): string => (ms === null ? t('forecast.not') : ms <= at_ms ? t('forecast.now') : time(ms))

/** What to do now, in one sentence. A chance to be in time says nothing once all are there, or once that time is past. */
export function adviceText(told: Told, at_ms: number): string {
  const { advice, by_ms } = told
  if (told.ways[0] && isThere(told.ways[0])) return t('forecast.there')
  if (advice === null) return ''
  const at = time(by_ms)
  if (by_ms <= at_ms) return t('forecast.late', { at })
  return t(`forecast.${advice.act}`, { at, a: percent(advice.chance), b: percent(advice.with_it) })
}

/** 3（0–6） */
export const bandText = ([, b, a, c]: Band): string => t('forecast.figure', { a, b, c })

/** The chart in words: how many are there, and how many at the end. */
export function altText(need: Need, name: string, way: string): string {
  const [first, last] = [need.bands[0], need.bands.at(-1)]
  if (!first || !last) return name
  return t('forecast.alt', { name, way, a: time(first[0]), b: first[2], c: time(last[0]), d: last[2], e: last[1], f: last[3], n: need.least })
}

export const WIDE = 100
export const HIGH = 40
/** The number at the head of the chart. */
export const topOf = (told: Told): number => Math.max(1, told.least, ...told.ways.flatMap((way) => way.bands.map((band) => band[3]))) * 1.1

/** Where a moment lies in the width, and a number in the height. */
export function scaleOf(bands: readonly Band[], top: number): { x: (ms: number) => number; y: (n: number) => number } {
  const [from, to] = [bands[0]?.[0] ?? 0, bands.at(-1)?.[0] ?? 1]
  return { x: (ms) => (WIDE * (ms - from)) / Math.max(1, to - from), y: (n) => HIGH - (HIGH * n) / top }
}

/** A line through one of the percentiles. */
export function lineOf(bands: readonly Band[], which: 1 | 2 | 3, top: number): string {
  const { x, y } = scaleOf(bands, top)
  return bands.map((band) => `${x(band[0]).toFixed(2)},${y(band[which]).toFixed(2)}`).join(' ')
}

/** The outline between the tenth and the ninetieth. */
export const areaOf = (bands: readonly Band[], top: number): string => `${lineOf(bands, 1, top)} ${lineOf([...bands], 3, top).split(' ').toReversed().join(' ')}`

const EVERY = 4
/** Moments of the table: every tenth minute of an hour, the first and the last among them. */
export const momentsOf = (bands: readonly Band[]): number[] => bands.flatMap((_, i) => (i % EVERY === 0 || i === bands.length - 1 ? [i] : []))
