/** The items of the topic `drill` (docs/api.md). */
type Outcome = 'met' | 'missed' | 'open' | 'by_hand' | 'not_played'
export type Rating = 'P' | 'S' | 'M' | 'U'
export const RATINGS: readonly Rating[] = ['P', 'S', 'M', 'U']
export type InjectState = 'waiting' | 'released' | 'held' | 'skipped'
export type Measure = { n: number; zh: string; en: string; is: string; outcome: Outcome; took_s: number | null; term_s: number | null; counted: number | null; held_s: number | null; at_ms: number | null; words: string; instead: string }
export type Inject = {
  no: number; kind: 'expected' | 'contextual' | 'contingency'; mode: string; zh: string; en: string; sender_zh: string; sender_en: string; expect_zh: string; expect_en: string
  note: string; objective: string; to: string[]; after: number | null; after_min: number; conditional: boolean
  state: InjectState; why: string; due_ms: number | null; released_ms: number | null; reached_ms: number | null; corrected: string; measures: Measure[]
}
export type Objective = { id: string; order: number; zh: string; en: string; proposed: Rating | ''; worst: number | null; rating: Rating | ''; reason: string; counts: Record<Outcome, number> }
export type Seat = { post: string; name: string; tier: string; here: string[]; last: { name: string; at_ms: number; simulated: boolean } | null; injects: number; released: number }
export type Player = { person: string; label: string; team: string; here: boolean; awake: boolean; call: { state: string; asked_ms: number; incident: string } | null }
/** A crew on its way: from its base to its incident. */
export type UnderWay = { call: string; team: string; eta_ms: number | null; people: number; from: [number, number]; to: [number, number] }
export type Crews = { open: number; coming: number; on_way: number; arrived: number; standby: number; declined: number; lapsed: number; people: number; under_way: readonly UnderWay[] }
export type Improvement = { id: string; objective: string; what: string; action: string; owner: string; due: string; no: number | null; measure: number | null }
export type DrillState = { id: string; zh: string; en: string; way: string; seed: number; begin_ms: number; end_ms: number; over_ms: number | null; stopped: boolean; stopped_by: string; safety_officer: string; next: number | null; counts: Record<InjectState, number> }
export type Shipped = { id: string; zh: string; en: string; injects: number; lasts_min: number; here: boolean }
