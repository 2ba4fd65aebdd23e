/** The script over time while it is written: lanes as on the trainer's page, and links between what waits for each other. Pure. */
import { lanesOf, minuteOf, type Lane } from '../../trainer/lanes'
import type { Inject as Played } from '../../trainer/wire'
import { startingLanes } from './starting'
import type { Inject, Scenario } from './shape'

const MINUTE_MS = 60_000

/** As the lanes of a drill that is played take it: nothing was released yet. */
const asPlayed = (inject: Inject): Played =>
  ({
    ...inject, no: inject.number, after: inject.cue?.after ?? null, after_min: inject.cue?.after_min ?? 0,
    released_ms: null, due_ms: inject.cue?.at_min === undefined ? null : inject.cue.at_min * MINUTE_MS,
  }) as unknown as Played

const asked = new WeakMap<Scenario, Played[]>()
const played = (scenario: Scenario): Played[] => {
  const held = asked.get(scenario) ?? scenario.injects.map(asPlayed)
  asked.set(scenario, held)
  return held
}

/** A lane for each way that is used, and those a drill usually begins with. */
export function lanesFor(scenario: Scenario, wide: number): Lane[] {
  const found = lanesOf(played(scenario), 0, scenario.lasts_min * MINUTE_MS, wide)
  const empty = startingLanes.filter((mode) => !found.some((lane) => lane.mode === mode)).map((mode) => ({ mode, rows: 1, placed: [] }))
  const order = [...startingLanes, ...found.map((lane) => lane.mode)]
  return [...found, ...empty].toSorted((a, b) => order.indexOf(a.mode) - order.indexOf(b.mode))
}

export const minuteFor = (scenario: Scenario, inject: Inject): number | null => minuteOf(asPlayed(inject), played(scenario), 0)

export type Link = { no: number; from: { minute: number; y: number }; to: { minute: number; y: number } }

/** From what is waited for to what waits, in minutes and pixels of the lanes. */
export function linksOf(scenario: Scenario, lanes: readonly Lane[], rowPx: number, padPx: number): Link[] {
  const at = new Map<number, { minute: number; y: number }>()
  let top = 0
  for (const lane of lanes) {
    for (const { inject, minute, row } of lane.placed) at.set(inject.no, { minute, y: top + row * rowPx + rowPx / 2 })
    top += lane.rows * rowPx + padPx
  }
  return scenario.injects.flatMap((each) => {
    const [from, to] = [at.get(each.cue?.after ?? -1), at.get(each.number)]
    return from && to ? [{ no: each.number, from, to }] : []
  })
}

/** Moved by so many minutes: a time of its own, or how long after the one it waits for; never before the start, nor after the end. */
export function moved(scenario: Scenario, inject: Inject, by: number): Inject {
  const cue = inject.cue ?? {}
  const within = (minute: number, least: number): number => Math.round(Math.min(Math.max(minute, least), scenario.lasts_min))
  if (cue.at_min !== undefined) return { ...inject, cue: { ...cue, at_min: within(cue.at_min + by, 0) } }
  if (cue.after !== undefined) return { ...inject, cue: { ...cue, after_min: within((cue.after_min ?? 0) + by, 0) } }
  return inject
}
