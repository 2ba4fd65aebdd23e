import { expect, it } from 'vitest'
import { Past } from './history'
import { readPlace, spotAt } from './places'
import { beside, from } from './plane'
import { same, type Ground, type Inject, type Scenario } from './shape'
import { newScenario, withIncident, withInject, type Say } from './starting'
import { about, isProposed, make, propose, proposedAnew, read, TEMPLATES, type Asked } from './templates'
import { lanesFor, linksOf, minuteFor, moved } from './timeline'

const say: Say = (word) => ({ zh: word, en: word })
const asked: Asked = { of: 'incident-1', within_s: 60, n: 3, speciality: 'FIRST_AID', order: 'order-1' }
const ground: Ground = {
  name: '', city: '9901', bounds: null, notice: '',
  posts: [
    { post: 'county-1', code: '990101', name: '云城区', tier: 'county', lon: 112, lat: 30.4 },
    { post: 'county-1/1', code: '990101001', name: '江滨街道', tier: 'township', lon: 112, lat: 30.4 },
    { post: 'county-1/2', code: '990101002', name: '学府街道', tier: 'township', lon: 112.1, lat: 30.4 },
  ],
}
const withFire = (): Scenario => withIncident({ ...newScenario([], say), zh: 'x', en: 'x' }, { division: 'county-1/2' }).scenario

it('lays a point where the server lays it', () => {
  const seat = { lon: 112, lat: 30.4 }
  for (const [east_m, north_m, lon, lat] of [[5000, -3000, 112.0520164, 30.3729282], [20000, 15000, 112.2084104, 30.5351386], [-40000, 30000, 111.582603, 30.6699375]] as const) {
    const there = beside(seat, { east_m, north_m })
    expect(Math.abs(there.lon - lon) + Math.abs(there.lat - lat)).toBeLessThan(0.00002)
    const back = from(seat, { lon, lat })
    expect(Math.abs(back.east_m - east_m) + Math.abs(back.north_m - north_m)).toBeLessThan(2)
  }
})
it('takes the nearest township for a point', () => {
  expect(spotAt(ground, { lon: 112.09, lat: 30.4 })).toMatchObject({ division: 'county-1/2', north_m: 0 })
  expect(spotAt({ ...ground, posts: [] }, { lon: 112, lat: 30 })).toBeNull()
})
it('reads a place that is typed', () => {
  expect(readPlace(' 学府街道 ', ground.posts)).toEqual({ lon: 112.1, lat: 30.4 })
  expect(readPlace('30.41, 112.02', [])).toEqual({ lon: 112.02, lat: 30.41 })
  expect(readPlace('nowhere', ground.posts)).toBeNull()
})
it('goes back and forth, and takes quick typing for one step', () => {
  const past = new Past('')
  past.put('a', 'name', 0)
  past.put('ab', 'name', 500)
  past.put('ab!', 'other', 600)
  past.undo()
  expect(past.now).toBe('ab')
  past.undo()
  expect([past.now, past.canUndo, past.canRedo]).toEqual(['', false, true])
  past.redo()
  expect(past.now).toBe('ab')
  past.put('c', 'name', 700)
  expect(past.canRedo).toBe(false)
})
it('knows again each measure it made', () => {
  for (const template of TEMPLATES) {
    const found = read(make(template, asked, { zh: 'z', en: 'e' }))
    expect(found?.template).toBe(template === 'kept_out' ? 'hand' : template)
  }
  expect(read({ is: 'fact', zh: '', en: '', fact: 'order.given', where: { kind: 'withdraw' }, within_s: 1 })).toBeNull()
  expect(read({ is: 'by_hand', zh: '', en: '', ability: 'cap' })).toBeNull()
})
it('asks the first inject about an incident whether it was registered, and has it raised there', () => {
  const { scenario } = withInject(withFire(), 'phone', 5, say)
  const [first] = scenario.injects
  expect(first!.measures.map((each) => read(each)?.template)).toEqual(['registered', 'called'])
  expect(first!.to).toEqual(['county-1'])
  expect(propose(scenario, first!)).toEqual([{ do: 'raise', after_s: 24, by: 'county-1', incident: 'incident-1' }])
})
it('lets a later inject be earlier, and then that one raises it', () => {
  const one = proposedAnew(withFire(), withInject(withFire(), 'phone', 5, say).scenario)
  const two = proposedAnew(one, withInject(one, 'radio', 9, say).scenario)
  const changed: Scenario = { ...two, injects: two.injects.map((each) => (each.number === 2 ? { ...each, measures: [make('arrived', asked, { zh: 'z', en: 'e' })] } : each)) }
  const whole = proposedAnew(two, changed)
  expect(whole.injects.map((each) => each.acts?.map((act) => act.do) ?? [])).toEqual([['raise'], []])
  const turned: Scenario = { ...whole, injects: whole.injects.map((each) => (each.number === 1 ? { ...each, cue: { at_min: 20 } } : each)) }
  expect(proposedAnew(whole, turned).injects.map((each) => each.acts?.map((act) => act.do) ?? [])).toEqual([[], ['raise']])
})
it('calls for a speciality that nobody called yet, and gives the order whose receipts count', () => {
  const one = withInject(withFire(), 'phone', 0, say).scenario
  const measures = [make('arrived', { ...asked, speciality: 'PSYCH_SUPPORT' }, { zh: 'z', en: 'e' }), make('received', { ...asked, order: 'order-2' }, { zh: 'z', en: 'e' })]
  const two = withInject(one, 'radio', 9, say).scenario
  const whole = proposedAnew(two, { ...two, injects: two.injects.map((each) => (each.number === 2 ? { ...each, measures } : each)) })
  expect(whole.injects[1]!.acts).toMatchObject([{ do: 'call_out', needs: [['PSYCH_SUPPORT', 3, 6, 1]] }, { do: 'order', order: 'order-2', incident: 'incident-1', kind: 'other' }])
  expect(about(whole, whole.injects[1]!)).toBe('incident-1')
})
it('leaves alone what somebody changed by hand', () => {
  const { scenario } = withInject(withFire(), 'phone', 5, say)
  const proposed = proposedAnew(newScenario([], say), scenario)
  const own: Scenario = { ...proposed, injects: [{ ...proposed.injects[0]!, acts: [{ do: 'raise', by: 'county-1', incident: 'incident-1', after_s: 99 }] }] }
  expect(isProposed(own, own.injects[0]!)).toBe(false)
  const after = proposedAnew(own, { ...own, injects: [{ ...own.injects[0]!, to: ['city'] }] })
  expect(after.injects[0]!.acts![0]).toMatchObject({ by: 'county-1', after_s: 99 })
})
it('keeps up with whoever types in a drill of the most injects a file may have', () => {
  let drill = proposedAnew(newScenario([], say), withInject(withFire(), 'phone', 0, say).scenario)
  const more = Array.from({ length: 499 }, (_, n) => ({ ...drill.injects[0]!, acts: [], number: n + 2, cue: { at_min: n % 60 }, measures: [make(n % 2 ? 'arrived' : 'received', { ...asked, order: `order-${n + 2}` }, { zh: 'z', en: 'e' })] }))
  drill = proposedAnew(drill, { ...drill, injects: [...drill.injects, ...more] })
  const from = performance.now()
  const next = proposedAnew(drill, { ...drill, injects: drill.injects.map((each) => (each.number === 300 ? { ...each, zh: 'other' } : each)) })
  const cards = lanesFor(next, 8).flatMap((lane) => lane.placed.map(({ inject }) => minuteFor(next, next.injects.find((each) => each.number === inject.no)!)))
  expect(cards).toHaveLength(500)
  expect(performance.now() - from).toBeLessThan(500)
})
it('tells one drill from another whatever the order of its fields', () => {
  expect(same({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true)
  expect(same([1, 2], [2, 1])).toBe(false)
})
it('keeps the lanes a drill begins with, and links what waits', () => {
  const one = withInject(withFire(), 'phone', 5, say).scenario
  const two = withInject(one, 'sms', 9, say).scenario
  const waits: Scenario = { ...two, injects: [two.injects[0]!, { ...two.injects[1]!, cue: { after: 1, after_min: 10 } }] }
  const lanes = lanesFor(waits, 8)
  expect(lanes.map((lane) => lane.mode)).toEqual(['phone', 'app', 'radio', 'sms'])
  expect(minuteFor(waits, waits.injects[1]!)).toBe(15)
  expect(linksOf(waits, lanes, 34, 5)).toEqual([{ no: 2, from: { minute: 5, y: 17 }, to: { minute: 15, y: 3 * 39 + 17 } }])
})
it('moves an inject within the time of play', () => {
  const { scenario } = withInject(withFire(), 'phone', 5, say)
  const at = (inject: Inject, by: number): unknown => moved(scenario, inject, by).cue
  expect(at(scenario.injects[0]!, -9)).toEqual({ at_min: 0 })
  expect(at(scenario.injects[0]!, 99)).toEqual({ at_min: 60 })
  expect(at({ ...scenario.injects[0]!, cue: { after: 1, after_min: 4 } }, 2.4)).toEqual({ after: 1, after_min: 6 })
  expect(at({ ...scenario.injects[0]!, cue: {} }, 5)).toEqual({})
})
