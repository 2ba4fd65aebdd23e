/** Two courses of the same need, compared in one sentence; and, for the next wave, whether to call it. Pure. */
import { percent, time } from '../lib/format'
import { t } from '../lib/say'
import { isThere, type Need } from './forecast'

const MIN_MS = 60_000
/** As the server holds it: below this chance something is to be done, and an act is worth it that raises the chance by so much. */
const SURE = 0.8
const WORTH = 0.1

export type Compared = {
  is: 'sooner' | 'later' | 'surer' | 'less_sure' | 'same' | 'only_this' | 'only_plain' | 'more' | 'fewer' | 'neither'
  /** Minutes, or people. */
  n: number
  /** How many teams more are called. */
  teams: number
}

const atTheEnd = (need: Need): number => need.bands.at(-1)?.[2] ?? 0

/** By when half of the runs had met it; where that is the same, by the chance to be in time; where neither meets it, by how many come. */
export function compare(plain: Need, other: Need): Compared {
  const teams = other.teams - plain.teams
  if (plain.half_ms === null || other.half_ms === null) {
    if (other.half_ms !== null) return { is: 'only_this', n: 0, teams }
    if (plain.half_ms !== null) return { is: 'only_plain', n: 0, teams }
    const people = atTheEnd(other) - atTheEnd(plain)
    return { is: people > 0 ? 'more' : people < 0 ? 'fewer' : 'neither', n: Math.abs(people), teams }
  }
  const minutes = Math.round((plain.half_ms - other.half_ms) / MIN_MS)
  if (minutes !== 0) return { is: minutes > 0 ? 'sooner' : 'later', n: Math.abs(minutes), teams }
  const surer = other.in_time - plain.in_time
  return { is: surer >= WORTH ? 'surer' : surer <= -WORTH ? 'less_sure' : 'same', n: 0, teams }
}

/** 分支B早15分钟到齐，多召集2队. `at`: how a time is said here. */
export function compareText(plain: Need, other: Need, names: { plain: string; other: string }, at = time): string {
  const { is, n, teams } = compare(plain, other)
  const when = other.half_ms ?? plain.half_ms
  const course = t(`compare.${is}`, { ...names, n, at: when === null ? '' : at(when), a: percent(plain.in_time), b: percent(other.in_time) })
  const called = teams === 0 ? t('compare.teams.same') : t(teams > 0 ? 'compare.teams.more' : 'compare.teams.fewer', { n: Math.abs(teams) })
  return t('compare.and', { a: course, b: called })
}

const BETTER = new Set<Compared['is']>(['sooner', 'surer', 'only_this', 'more'])

/** Whether to call the next wave, from what it came to: to call, to wait, or to ask above. */
export function waveAdvice(plain: Need, wave: Need, at_ms: number): 'call' | 'wait' | 'ask_above' | 'there' {
  if (isThere(plain)) return 'there'
  if (BETTER.has(compare(plain, wave).is)) return 'call'
  const isEnough = plain.by_ms > at_ms ? plain.in_time >= SURE : plain.half_ms !== null
  return isEnough ? 'wait' : 'ask_above'
}

/** The same in a sentence, with its reason. */
export function waveText(plain: Need, wave: Need, at_ms: number): string {
  const act = waveAdvice(plain, wave, at_ms)
  if (act === 'there') return t('forecast.there')
  return t(`compare.do.${act}`, { why: compareText(plain, wave, { plain: t('forecast.plain'), other: t('forecast.wave') }) })
}
