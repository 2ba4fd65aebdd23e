/** What a trainer has typed of an exercise to come, and what is still missing of it. Times are those of the city (UTC+8). */
import type { Word } from '../../lib/words'
import type { ScriptChoice } from './wire'

export const OTHER = 'other'
/** A time of day as it is typed: 9:30, 09:30, 0930. */
export const CLOCK = '([01]?[0-9]|2[0-3])[:：]?[0-5][0-9]'
const DAY_MS = 86_400_000
const EAST_MS = 8 * 3_600_000

export type Planned = {
  script: string; date: string; clock: string; name: string; officers: readonly string[]
  /** An officer's id, OTHER, or "" for none. */
  safety: string; safetyName: string; rules: string; approver: string; told: string
}

/** The next morning, with everything still to be chosen. */
export const begun = (now: number): Planned => ({
  script: '', date: dateOf(now + DAY_MS), clock: '09:30', name: '', officers: [], safety: '', safetyName: '', rules: '', approver: '', told: '',
})

export const dateOf = (ms: number): string => new Date(ms + EAST_MS).toISOString().slice(0, 10)

/** Null while it is no time. */
export function beginMs(plan: Planned): number | null {
  const clock = new RegExp(`^(?:${CLOCK})$`).test(plan.clock) ? plan.clock.replace(/^(\d\d?)[:：]?(\d\d)$/, '$1:$2').padStart(5, '0') : ''
  const ms = Date.parse(`${plan.date}T${clock}:00+08:00`)
  return Number.isNaN(ms) ? null : ms
}

export const toldOf = (plan: Planned): string[] => plan.told.split('\n').map((line) => line.trim()).filter((line) => line !== '')

/** In the order of the form. An exercise without notice needs four things more. */
export function lacking(plan: Planned, script: ScriptChoice | null, now: number): Word[] {
  const begin = beginMs(plan)
  const named = plan.safety === OTHER ? plan.safetyName.trim() !== '' : plan.safety !== ''
  const found: (Word | false)[] = [
    script === null && 'exercises.script', (begin === null || begin <= now) && 'exercises.when', plan.officers.length === 0 && 'exercises.desks',
    (plan.safety === OTHER || script?.no_notice === true) && !named && 'exercises.safety',
    ...(script?.no_notice === true
      ? ([plan.rules.trim() === '' && 'exercises.rules', plan.approver.trim() === '' && 'exercises.approver', toldOf(plan).length === 0 && 'exercises.told'] as const) : []),
  ]
  return found.filter((each) => each !== false)
}

/** As the server is asked. */
export function bodyOf(plan: Planned, script: ScriptChoice, begin: number): Record<string, unknown> {
  const safety = plan.safety === OTHER ? { safety_officer: plan.safetyName.trim() } : plan.safety === '' ? {} : { safety: plan.safety }
  const secret = script.no_notice ? { approved_by: plan.approver.trim(), told: toldOf(plan) } : {}
  return { script: script.id, exercise: plan.name.trim(), begin_ms: begin, officers: plan.officers, notice: { ...safety, stop_rules: plan.rules.trim(), ...secret } }
}
