/** A drill file as JSON (drills/scenario/form.py): what stands at its default is left out. */
import type { Said } from '../../lib/wire'

/** Speciality, at least, at most, minutes. */
export type Need = readonly [speciality: string, least: number, most: number, minutes: number]
export type Test = { figure: string; of?: string; speciality?: string; at_least?: number; at_most?: number }
export type Cue = { at_min?: number; after?: number; after_min?: number; only_if?: Test; unless?: Test }
export type Measure = Said &
  (
    | { is: 'fact'; fact: string; of?: string; where?: Record<string, unknown>; within_s: number; since?: string }
    | { is: 'reached'; test: Test; within_s: number; since?: string }
    | { is: 'held'; test: Test; for_s: number }
    | { is: 'never'; test: Test; from_s?: number }
    | { is: 'count'; fact: string; of?: string; where?: Record<string, unknown>; at_least?: number; at_most?: number }
    | { is: 'by_hand'; ability?: string }
  )
/** What simulated players do; each kind has fields of its own. */
export type Act = { do: string; after_s?: number; by?: string; incident?: string; order?: string; needs?: readonly Need[]; [field: string]: unknown }
export type Kind = 'expected' | 'contextual' | 'contingency'
export type Inject = {
  number: number; cue?: Cue; kind: Kind; mode: string; sender_zh: string; sender_en: string; to: readonly string[]; zh: string; en: string
  expect_zh: string; expect_en: string; objective: string; measures: readonly Measure[]; acts?: readonly Act[]; note?: string
}
export type Objective = Said & { id: string }
export type Spot = { division: string; east_m?: number; north_m?: number; datum?: string }
export type Setting = Said & { category: string; severity: 1 | 2 | 3 | 4; spot: string; needs?: readonly Need[]; near_m?: number }
export type Scenario = {
  id: string; zh: string; en: string; form: string; aim: string; no_notice?: boolean; begins?: string; lasts_min: number; seed?: number
  city?: { seed?: number; people?: number; teams?: number; specialists?: Record<string, number> | null } | null
  objectives: readonly Objective[]; spots?: Readonly<Record<string, Spot>>; incidents?: Readonly<Record<string, Setting>>; injects: readonly Inject[]
  [rest: string]: unknown
}
/** What is wrong, where (docs/api.md). */
export type Fault = Said & { at: string; code: string; value: string }
/** A post a file may name, with its seat in WGS-84. */
export type Post = { post: string; code: string; name: string; tier: string; lon: number; lat: number }
export type Ground = { name: string; city: string; bounds: [number, number, number, number] | null; notice: string; posts: readonly Post[] }

export const MODES = ['phone', 'app', 'radio', 'sms', 'transfer', 'report', 'on_site', 'meeting', 'social', 'wechat', 'cap', 'system', 'paper', 'mail'] as const
export const KINDS: readonly Kind[] = ['expected', 'contextual', 'contingency']
export const FORMS = ['drill', 'tabletop', 'command_post', 'functional', 'full_scale'] as const
export const AIMS = ['testing', 'showing', 'research'] as const

const ordered = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value
/** Whatever the order of their fields. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a, ordered) === JSON.stringify(b, ordered)
export const incidentsOf = (scenario: Scenario): [string, Setting][] => Object.entries(scenario.incidents ?? {})
/** The first of `stem` and a number that is free, counted from `least`. */
export const fresh = (stem: string, taken: Iterable<string>, least = 1): string => {
  const all = new Set(taken)
  for (let n = least; ; n++) if (!all.has(`${stem}${n}`)) return `${stem}${n}`
}
export const without = <T>(from: Readonly<Record<string, T>> | undefined, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(from ?? {}).filter(([name]) => name !== key))
