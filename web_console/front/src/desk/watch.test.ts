import { expect, it } from 'vitest'
import type { Incident } from '../lib/wire'
import { askedOf, byGravity, waitingFor, type Warning, type Watch } from './watch'

const incident = (id: string, more: Partial<Incident>): Incident =>
  ({ id, lead: { division: '990101', tier: 'county', name: '' }, scope: '990101', asked_up: [], order_asked: null, asked_take_over: false, hand_back_offered_to: null, ...more }) as unknown as Incident
const order = { from: '990101001', to: '990101', people: 30, at_ms: 2_000, needs: [] }

it('says what waits for whom, the longest first, and when it goes up', () => {
  const watch = { division: '990101', waiting: [{ ask: 'order/a', what: 'order', incident: 'a', asked_ms: 2_000, went_up_ms: null, up_ms: 182_000 }] } as unknown as Watch
  const found = askedOf([incident('a', { order_asked: order }), incident('b', { asked_up: [{ division: '9901', speciality: 'FIRST_AID', short: 3, at_ms: 1_000 }] })], [watch])
  expect(found.map((each) => [each.what, each.from, each.to, each.people, each.up_ms])).toEqual([
    ['support', '990101', '9901', 3, null],
    ['order', '990101001', '990101', 30, 182_000],
  ])
})
it('keeps at the first post what went up to the next', () => {
  const watch = { division: '990101', waiting: [{ ask: 'order/a', what: 'order', incident: 'a', asked_ms: 2_000, went_up_ms: 182_000, up_ms: null }] } as unknown as Watch
  expect(askedOf([incident('a', { order_asked: order })], [watch])[0]?.went_up).toEqual({ to: '9901', at_ms: 182_000 })
  const asked = askedOf([incident('a', { order_asked: order })], [watch])
  expect(['9901', '990101', '990102'].map((post) => waitingFor(asked, post).length)).toEqual([1, 1, 0])
})
it('forgets what the incident no longer asks, whatever the watch still holds', () => {
  const watch = { division: '990101', waiting: [{ ask: 'order/a', what: 'order', incident: 'a', asked_ms: 1, went_up_ms: null, up_ms: 5 }] } as unknown as Watch
  expect(askedOf([incident('a', {})], [watch])).toEqual([])
})
it('puts the gravest warning first', () => {
  const warning = (id: string, level: 1 | 2 | 3 | 4, issued_ms: number): Warning => ({ id, level, issued_ms }) as Warning
  expect(byGravity([warning('a', 4, 9), warning('b', 2, 1), warning('c', 2, 5)]).map((each) => each.id)).toEqual(['c', 'b', 'a'])
})
