/** The plan behind an order while its sheet is open: asked again whenever what it rests on changes, with what changed marked. */
import { post, problemOf, type Problem } from '../lib/api'
import { acting } from './acting.svelte'
import { desk } from './desk.svelte'

export type PlanCall = {
  team: string
  team_name: string
  person_label: string
  role: 'leader' | 'deputy'
  crew_max: number
  distance_m: number
  seconds_to: number
  travel_source: string
  chance: number
  chance_source: string
  awake: boolean
  simulated: boolean
}
export type PlanNeed = {
  speciality: string
  minimum: number
  maximum: number
  by_ms: number | null
  promised: number
  chance: number
  expected: number
  left: number
  calls: PlanCall[]
}
export type Plan = {
  at_ms: number
  wave: number
  scope: string | null
  lead: string
  authority: { allowed: boolean; rule: string | null; people: number; most_people: number; asks: string | null }
  needs: PlanNeed[]
  candidates: number
  counts: Record<string, number>
  not_called: { team: string; team_name: string; speciality: string; reason: string }[]
}

export const callsIn = (plan: Plan): PlanCall[] => plan.needs.flatMap((need) => need.calls)
export const peopleIn = (plan: Plan): number => callsIn(plan).reduce((sum, call) => sum + call.crew_max, 0)

/** What of a plan is new beside the one before: teams, and needs whose chance moved. */
export function changesIn(before: Plan | null, after: Plan): Set<string> {
  if (before === null) return new Set()
  const teams = new Set(callsIn(before).map((call) => call.team))
  const chances = new Map(before.needs.map((need) => [need.speciality, `${need.minimum} ${need.maximum} ${need.promised} ${need.calls.length}`]))
  return new Set([
    ...callsIn(after).filter((call) => !teams.has(call.team)).map((call) => call.team),
    ...after.needs.filter((need) => chances.get(need.speciality) !== `${need.minimum} ${need.maximum} ${need.promised} ${need.calls.length}`).map((need) => need.speciality),
  ])
}

/** What a plan rests on, as far as this desk sees it: a change of it makes the plan an old one. */
export function groundsOf(plan: Plan | null): string {
  const incident = desk.incident
  const concerned = new Set([...(plan === null ? [] : callsIn(plan)), ...(plan?.not_called ?? [])].map((each) => each.team))
  const states = desk.teams.filter((team) => concerned.has(team.id)).map((team) => `${team.id}${team.state}`)
  return [incident?.changed_at, incident?.stage, incident?.mobilization, incident?.over, incident?.waves.length, ...states].join()
}

export class Planned {
  plan = $state.raw<Plan | null>(null)
  fault = $state.raw<Problem | null>(null)
  changed = $state.raw<ReadonlySet<string>>(new Set())
  busy = $state(false)
  #again = false

  constructor(
    readonly incident: string,
    readonly body: () => Record<string, unknown>,
  ) {}

  /** One question at a time; what changed meanwhile is asked about afterwards. */
  async ask(): Promise<void> {
    if (this.busy) {
      this.#again = true
      return
    }
    this.busy = true
    try {
      const found = await post<Plan>(`/incidents/${this.incident}/plan`, this.body())
      this.changed = changesIn(this.plan, found)
      this.plan = found
      this.fault = null
    } catch (error) {
      this.fault = problemOf(error)
    } finally {
      this.busy = false
    }
    if (this.#again) {
      this.#again = false
      await this.ask()
    }
  }
}

/** The question of the open sheet. */
export function asked(): Planned | null {
  const [planning, incident] = [acting.planning, desk.incident]
  if (!planning || !incident) return null
  const { act, form } = planning
  const body = (): Record<string, unknown> => {
    if (act.word === 'act.wave') return { wave: true }
    const { needs, by_order } = act.body(form)
    return { ...(needs ? { needs } : {}), ...(by_order ? { by_order } : {}) }
  }
  return new Planned(incident.id, body)
}
