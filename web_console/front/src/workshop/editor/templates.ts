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

const named = (inject: Inject): string[] => inject.measures.map((each) => read(each)?.of ?? '').filter((each) => each !== '')

/** What is asked of a whole drill, found once: `about` and `takes` by number and by incident; `raisers`: whose acts raise it. */
type Known = { about: ReadonlyMap<number, string>; takes: ReadonlyMap<string, number>; raisers: ReadonlyMap<string, readonly number[]> }
const learned = new WeakMap<Scenario, Known>()

function known(scenario: Scenario): Known {
  const held = learned.get(scenario)
  if (held) return held
  const minutes = new Map<number, number>()
  const byNumber = new Map(scenario.injects.map((each) => [each.number, each]))
  const minuteOf = (inject: Inject): number => {
    const { at_min, after, after_min = 0 } = inject.cue ?? {}
    if (at_min !== undefined) return at_min
    const found = minutes.get(inject.number)
    if (found !== undefined) return found
    minutes.set(inject.number, scenario.lasts_min) // for one that waits for itself
    const before = after === undefined ? undefined : byNumber.get(after)
    const minute = before ? minuteOf(before) + after_min : scenario.lasts_min
    minutes.set(inject.number, minute)
    return minute
  }
  const names = new Set(incidentsOf(scenario).map(([name]) => name))
  const [about, takes, raisers] = [new Map<number, string>(), new Map<string, number>(), new Map<string, number[]>()]
  let last = incidentsOf(scenario)[0]?.[0] ?? ''
  for (const inject of scenario.injects.toSorted((x, y) => minuteOf(x) - minuteOf(y) || x.number - y.number)) {
    const own = named(inject).filter((each) => names.has(each))
    last = own[0] ?? last
    about.set(inject.number, last)
    const concerns = inject.measures.some((each) => ORDERS.has(read(each)?.template ?? 'hand')) ? [...own, last] : own
    for (const incident of concerns) if (!takes.has(incident)) takes.set(incident, inject.number)
    for (const { do: what, incident } of inject.acts ?? []) if (what === 'raise' && incident !== undefined) raisers.set(incident, [...(raisers.get(incident) ?? []), inject.number])
  }
  const all = { about, takes, raisers }
  learned.set(scenario, all)
  return all
}

/** The incident an inject is about: the first its measures name, else that of the inject before it, else the first there is. */
export const about = (scenario: Scenario, inject: Inject): string => known(scenario).about.get(inject.number) ?? ''

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
    const isRaisedElsewhere = known(scenario).raisers.get(incident)?.some((no) => no !== inject.number) ?? false
    if (known(scenario).takes.get(incident) === inject.number && !isRaisedElsewhere)
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
  const own = new Set(before.injects.filter((each) => !isProposed(before, each)).map((each) => each.number))
  const bare: Scenario = { ...after, injects: after.injects.map((each) => (own.has(each.number) ? each : { ...each, acts: [] })) }
  return { ...after, injects: bare.injects.map((each) => (own.has(each.number) ? each : clean({ ...each, acts: propose(bare, each) }))) }
}

export const isProposed = (scenario: Scenario, inject: Inject): boolean => same(inject.acts ?? [], propose(scenario, inject))

const clean = (inject: Inject): Inject => {
  const { acts = [], ...rest } = inject
  return acts.length > 0 ? { ...rest, acts } : rest
}
