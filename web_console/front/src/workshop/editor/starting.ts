/** What new things of a drill begin as: sound as far as nobody has to be asked. Pure; `said` gives words in both languages. */
import type { Said } from '../../lib/wire'
import { make, type Asked } from './templates'
import { fresh, incidentsOf, type Inject, type Measure, type Scenario, type Setting, type Spot } from './shape'
import { countyOf } from './places'

export type Say = (word: 'new.objective' | 'new.sender' | 'tpl.hand.says' | 'tpl.registered.says' | 'tpl.called.says' | 'tpl.registered.does', facts?: Record<string, string>) => Said
const LANES = ['phone', 'app', 'radio'] as const
const TAKEN_S = 60
const CALLED_S = 180

export const startingLanes: readonly string[] = LANES

export const newScenario = (taken: Iterable<string>, say: Say): Scenario => ({
  id: fresh('drill-', taken), zh: '', en: '', form: 'drill', aim: 'testing', lasts_min: 60, city: { seed: 1 }, objectives: [{ id: 'o1', ...say('new.objective') }],
  spots: {}, incidents: {}, injects: [],
})

export function withIncident(scenario: Scenario, spot: Spot): { scenario: Scenario; name: string } {
  const name = fresh('incident-', [...Object.keys(scenario.incidents ?? {}), ...Object.keys(scenario.spots ?? {})])
  const setting: Setting = { category: '20700', severity: 3, zh: '', en: '', spot: name, needs: [['FIRST_AID', 2, 4, 20]] }
  return { name, scenario: { ...scenario, spots: { ...scenario.spots, [name]: spot }, incidents: { ...scenario.incidents, [name]: setting } } }
}

export function withSpot(scenario: Scenario, spot: Spot): { scenario: Scenario; name: string } {
  const name = fresh('place-', Object.keys(scenario.spots ?? {}))
  return { name, scenario: { ...scenario, spots: { ...scenario.spots, [name]: spot } } }
}

/** At a lane and a minute: the first about an incident is measured by whether it was registered and called; the others by a person until
 * somebody says how. */
export function withInject(scenario: Scenario, mode: string, at_min: number, say: Say): { scenario: Scenario; number: number } {
  const number = Math.max(0, ...scenario.injects.map((each) => each.number)) + 1
  const untaken = incidentsOf(scenario).find(([name]) => !scenario.injects.some((each) => each.measures.some((measure) => 'of' in measure && measure.of === name)))
  const last = scenario.injects.at(-1)
  const division = scenario.spots?.[untaken?.[1].spot ?? '']?.division
  const asked = (within_s: number): Asked => ({ of: untaken?.[0] ?? '', within_s, n: 1, speciality: '', order: '' })
  const measures: Measure[] = untaken
    ? [
        make('registered', asked(TAKEN_S), say('tpl.registered.says', { t: '60 s' })),
        ...((untaken[1].needs ?? []).length > 0 ? [make('called', asked(CALLED_S), say('tpl.called.says', { t: '3 min' }))] : []),
      ]
    : [make('hand', asked(0), say('tpl.hand.says'))]
  const sender = say('new.sender')
  const expect = untaken ? say('tpl.registered.does') : { zh: '', en: '' }
  const inject: Inject = {
    number, cue: { at_min }, kind: 'expected', mode, sender_zh: sender.zh, sender_en: sender.en, to: [division ? countyOf(division) : (last?.to[0] ?? 'county-1')],
    zh: '', en: '', expect_zh: expect.zh, expect_en: expect.en, objective: scenario.objectives[0]?.id ?? 'o1', measures,
  }
  return { number, scenario: { ...scenario, injects: [...scenario.injects, inject] } }
}
