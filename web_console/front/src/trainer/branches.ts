/** Branches as they are named, paired and set in rows. Pure. */
import { coordinates, percent, playTime } from '../lib/format'
import { t } from '../lib/say'
import { tables } from '../lib/tables.svelte'
import { toldOf, type Forecast, type Need, type Told } from '../desk/forecast'

export type Change =
  | { change: 'next_wave'; incident: string; more: number }
  | { change: 'more_teams'; speciality: string; division: string; lon: number; lat: number; count: number }
  | { change: 'shut'; incident: string; lon: number; lat: number }

const LETTERS = ['A', 'B', 'C', 'D'] as const
export const letterOf = (i: number): string => LETTERS[i] ?? ''
/** 主线A, 分支B */
export const courseName = (i: number): string => t(i === 0 ? 'branch.main' : 'branch.n', { x: letterOf(i) })

/** What is changed in a branch, in words. */
export function changeText(change: Change): string {
  switch (change.change) {
    case 'next_wave': return t('branch.change.next_wave', { n: change.more })
    case 'more_teams': return t('branch.change.more_teams', { n: change.count, name: tables.speciality(change.speciality), at: coordinates(change.lon, change.lat) })
    default: return t('branch.change.shut', { at: coordinates(change.lon, change.lat) })
  }
}

/** The incidents that have a need in it, as they are named. */
export const incidentsOf = (found: Forecast): { id: string; name: string }[] =>
  [...new Set((found.branches[0]?.needs ?? []).map((need) => need.incident))].map((id) => ({ id, name: found.names[id] ?? id }))

/** The needs of one incident, each with all courses. */
export const needsOf = (found: Forecast, incident: string): Told[] =>
  toldOf({ ...found, branches: found.branches.map((branch) => ({ ...branch, needs: branch.needs.filter((need) => need.incident === incident) })) })

/** T+1:23; or that it was so at the moment, or is not so within the time. */
export const playMoment = (ms: number | null, at_ms: number, begin: number): string =>
  ms === null ? t('branch.not') : ms <= at_ms ? t('branch.already') : playTime(ms - begin).slice(0, -3)

/** 1:19–1:30: between one and nine in ten; … where it is not so within the time. */
export function spanText(need: Need, begin: number): string {
  if (need.early_ms === null) return '—'
  const short = (ms: number | null): string => (ms === null ? '…' : playTime(ms - begin).slice(2, -3))
  return t('branch.span', { a: short(need.early_ms), b: short(need.most_ms) })
}

/** The rows of the table: what is told, and of each course how it is. */
export function rowsOf(told: Told, at_ms: number, begin: number): [word: string, of: (way: Need) => string][] {
  const at = (ms: number | null): string => playMoment(ms, at_ms, begin)
  return [
    [t('branch.row.met', { n: told.least }), (way) => at(way.half_ms)],
    [t('branch.row.span'), (way) => spanText(way, begin)],
    ...(told.by_ms > at_ms ? [[t('branch.row.in_time', { at: at(told.by_ms) }), (way: Need) => percent(way.in_time)] as [string, (way: Need) => string]] : []),
    [t('branch.row.first'), (way) => at(way.first_ms)],
    [t('branch.row.over'), (way) => t('people.n', { n: way.over })],
    [t('branch.row.calls'), (way) => t('branch.calls', { n: way.calls, m: way.teams })],
  ]
}
