/**
 * Measures in plain words: what a trainer picks, the computed measure it stands for, and what simulated players do so that the drill can
 * be played without a person. Pure.
 */
import type { Said } from '../../lib/wire'
import type { Act, Inject, Measure, Need, Scenario, Setting } from './shape'
import { incidentsOf, same } from './shape'

export const TEMPLATES = ['registered', 'called', 'promised', 'arrived', 'ordered', 'received', 'withdrawn', 'accounted', 'released', 'kept_out', 'hand'] as const
export type Template = (typeof TEMPLATES)[number]
/** `of`: the incident; `order`: whose receipts count. */
export type Asked = { of: string; within_s: number; n: number; speciality: string; order: string }
/** What a template asks for, beside the incident. */
export const FIELDS: Record<Template, readonly ('of' | 'within_s' | 'n' | 'speciality')[]> = {
  registered: ['of', 'within_s'], called: ['of', 'within_s'], promised: ['of', 'n', 'speciality', 'within_s'], arrived: ['of', 'n', 'speciality', 'within_s'],
  ordered: ['of', 'within_s'], received: ['within_s'], withdrawn: ['within_s'], accounted: ['of', 'within_s'], released: ['of', 'within_s'], kept_out: [], hand: [],
}
export const USUAL_S: Partial<Record<Template, number>> = { registered: 60, called: 180, promised: 300, arrived: 1200, ordered: 120, received: 300, withdrawn: 600, accounted: 600, released: 600 }
const FACTS: Partial<Record<Template, string>> = { registered: 'incident.raised', called: 'mobilization.ordered', ordered: 'order.given', released: 'mobilization.stood_down' }
/** Tests of a figure that has to be reached, counted from the event named. */
const FIGURES: Partial<Record<Template, readonly [figure: string, since: string]>> = { received: ['unreceipted', 'order.given'], withdrawn: ['not_done', 'order.given'], accounted: ['unaccounted', 'roll.opened'] }
const ORDERS: ReadonlySet<Template> = new Set(['received', 'withdrawn'])

export const orderOf = (inject: Pick<Inject, 'number'>): string => `order-${inject.number}`

/** `says`: its words, which come from the catalogue. */
export function make(template: Template, asked: Asked, says: Said): Measure {
  const fact = FACTS[template]
  if (fact) return { is: 'fact', ...says, fact, of: asked.of, within_s: asked.within_s }
  const figure = FIGURES[template]
  if (figure) return { is: 'reached', ...says, test: { figure: figure[0], of: ORDERS.has(template) ? asked.order : asked.of, at_most: 0 }, within_s: asked.within_s, since: figure[1] }
  if (template === 'promised' || template === 'arrived')
    return { is: 'reached', ...says, test: { figure: template, of: asked.of, ...(asked.speciality ? { speciality: asked.speciality } : {}), at_least: asked.n }, within_s: asked.within_s }
  return { is: 'by_hand', ...says }
}

/** Which template a measure is of; null for one that was written otherwise: it stays as it is. */
export function read(measure: Measure): (Asked & { template: Template }) | null {
  const none = { of: '', within_s: 0, n: 1, speciality: '', order: '' }
  if (measure.is === 'by_hand') return measure.ability ? null : { ...none, template: 'hand' }
  if (measure.is === 'fact') {
    const template = TEMPLATES.find((each) => FACTS[each] === measure.fact)
    return template && !measure.where && !measure.since ? { ...none, template, of: measure.of ?? '', within_s: measure.within_s } : null
  }
  if (measure.is !== 'reached') return null
  const { figure, of = '', speciality = '', at_least, at_most } = measure.test
  if ((figure === 'promised' || figure === 'arrived') && at_least !== undefined && !measure.since)
    return { ...none, template: figure, of, speciality, n: at_least, within_s: measure.within_s }
  const template = TEMPLATES.find((each) => FIGURES[each]?.[0] === figure && FIGURES[each]?.[1] === measure.since)
  if (!template || at_most !== 0) return null
  return { ...none, template, within_s: measure.within_s, ...(ORDERS.has(template) ? { order: of } : { of }) }
}

const minuteOf = (scenario: Scenario, inject: Inject, seen: readonly number[] = []): number => {
  const { at_min, after, after_min = 0 } = inject.cue ?? {}
  if (at_min !== undefined) return at_min
  const before = after === undefined || seen.includes(after) ? undefined : scenario.injects.find((each) => each.number === after)
  return before ? minuteOf(scenario, before, [...seen, inject.number]) + after_min : scenario.lasts_min
}

const named = (inject: Inject): string[] => inject.measures.flatMap((each) => read(each)?.of || []) .filter((each) => each !== '')

/** The incident an inject is about: the first its measures name, else that of the inject before it, else the first there is. */
export function about(scenario: Scenario, inject: Inject): string {
  const known = incidentsOf(scenario).map(([name]) => name)
  const at = minuteOf(scenario, inject)
  const before = scenario.injects.filter((each) => each !== inject && minuteOf(scenario, each) <= at).toSorted((a, b) => minuteOf(scenario, b) - minuteOf(scenario, a))
  return [...named(inject), ...before.flatMap(named), ...known].find((each) => known.includes(each)) ?? ''
}

const concerns = (scenario: Scenario, inject: Inject, incident: string): boolean =>
  named(inject).includes(incident) || inject.measures.some((each) => ORDERS.has(read(each)?.template ?? 'hand') && about(scenario, inject) === incident)
const raisesIt = (act: Act, incident: string): boolean => act.do === 'raise' && act.incident === incident

/** The inject whose players take the report of an incident: the first that is about it. */
const takes = (scenario: Scenario, incident: string): Inject | undefined =>
  scenario.injects.filter((each) => concerns(scenario, each, incident)).toSorted((a, b) => minuteOf(scenario, a) - minuteOf(scenario, b) || a.number - b.number)[0]

const wants = (setting: Setting | undefined, speciality: string): boolean => (setting?.needs ?? []).some(([code]) => speciality === '' || code === speciality)

/** What simulated players would do about an inject; what stands at its default is left out, as the file has it. Empty where nothing of it is computed: a person plays it, or nobody needs to. */
export function propose(scenario: Scenario, inject: Inject): Act[] {
  const by = inject.to[0]
  if (by === undefined) return []
  const acts: Act[] = []
  const give = (act: Act): unknown => acts.some((each) => each.do === act.do && each.incident === act.incident) || acts.push(act)
  for (const asked of inject.measures.map(read)) {
    if (!asked) continue
    const incident = asked.of || about(scenario, inject)
    const setting = scenario.incidents?.[incident]
    if (!setting || asked.template === 'hand') continue
    if (takes(scenario, incident) === inject && !scenario.injects.some((each) => each !== inject && each.acts?.some((act) => raisesIt(act, incident))))
      give({ do: 'raise', after_s: Math.min(25, Math.round(asked.within_s * 0.4)), by, incident, ...((setting.needs ?? []).length > 0 ? {} : { call: false }) })
    if ((asked.template === 'promised' || asked.template === 'arrived') && asked.speciality !== '' && !wants(setting, asked.speciality)) {
      const need: Need = [asked.speciality, asked.n, asked.n * 2, Math.max(1, Math.ceil(asked.within_s / 60))]
      give({ do: 'call_out', after_s: 40, by, incident, needs: [need] })
    }
    if (asked.template === 'ordered' || ORDERS.has(asked.template))
      give({ do: 'order', after_s: 40, by, order: asked.order || orderOf(inject), incident, kind: asked.template === 'withdrawn' ? 'withdraw' : 'other', words: inject.expect_zh || inject.zh })
    if (asked.template === 'accounted') give({ do: 'roll', by, incident })
    if (asked.template === 'released') give({ do: 'stand_down', by, incident })
  }
  return acts
}

/** Wherever simulated players still do what was proposed, they do what is proposed now; what somebody changed by hand stays. */
export function proposedAnew(before: Scenario, after: Scenario): Scenario {
  const was = new Map(before.injects.map((each) => [each.number, each]))
  const bare: Scenario = { ...after, injects: after.injects.map((each) => (isProposed(before, was.get(each.number)) ? { ...each, acts: [] } : each)) }
  return { ...after, injects: bare.injects.map((each, n) => (isProposed(before, was.get(each.number)) ? clean({ ...each, acts: propose(bare, each) }) : after.injects[n]!)) }
}

/** One that is new counts as proposed. */
export const isProposed = (scenario: Scenario, inject: Inject | undefined): boolean => {
  if (!inject) return true
  const bare: Scenario = { ...scenario, injects: scenario.injects.map((each) => (each === inject ? { ...each, acts: [] } : each)) }
  return same(inject.acts ?? [], propose(bare, bare.injects.find((each) => each.number === inject.number)!))
}

const clean = (inject: Inject): Inject => {
  const { acts = [], ...rest } = inject
  return acts.length > 0 ? { ...rest, acts } : rest
}
