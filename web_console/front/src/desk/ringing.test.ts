import { expect, it } from 'vitest'
import type { Call, Incident } from '../lib/wire'
import type { Order, Roll } from '../lib/safety'
import { isRinging, isTrouble, toRing, toTell, type Way } from './ringing'

const incident = (id: string, over = false): Incident => ({ id, over }) as Incident
const call = (id: string, more: Partial<Call>): Call =>
  ({ id, incident: 'i', team: id, state: 'open', unheard: 'asleep', travel_s: 600, asked_ms: 0, rung: null, ...more }) as Call
const list = (calls: Call[], late: Call[] = []) => toRing(calls, late, new Map([['i', incident('i')], ['over', incident('over', true)]])).map((each) => `${each.call.id} ${each.why}`)

it('lists open calls that no lit page shows, the nearest first', () => {
  expect(list([call('b', { travel_s: 900 }), call('a', { unheard: 'failed' }), call('c', { travel_s: 300, unheard: 'sent' })])).toEqual(['c sent', 'a failed', 'b asleep'])
})
it('leaves out who sees the call, has answered, or is not needed any more', () => {
  expect(list([call('a', { unheard: null }), call('b', { state: 'accepted' }), call('c', { incident: 'over' })])).toEqual([])
})
it('has those that ran out of time behind those that wait, the nearest first', () => {
  const late = [call('b', { state: 'lapsed' }), call('a', { state: 'lapsed', travel_s: 60 }), call('c', { state: 'lapsed', incident: 'elsewhere' })]
  expect(list([call('d', {})], late)).toEqual(['d asleep', 'a asleep', 'b asleep'])
})
it('lists crews that have not heard of an order or a roll, once each, where no page wakes them', () => {
  const order = (id: string, given_ms: number, receipts: [string, string][]) => ({ id, incident: 'i', kind: 'withdraw', given_ms, receipts: receipts.map(([call, said]) => ({ call, said })) }) as unknown as Order
  const roll = (closed_ms: number | null, ...calls: string[]) => ({ incident: 'i', closed_ms, crews: calls.map((call) => ({ call, people: [{ no: 1, state: 'waiting' }] })) }) as unknown as Roll
  const out = ['a', 'b', 'c', 'd'].map((id) => call(id, { state: 'arrived', reach: id === 'd' ? 'awake' : 'asleep' }))
  const told = (orders: Order[], rolls: Roll[]) => toTell(out, new Map([['i', incident('i')]]), orders, rolls).map((each) => `${each.call.id} ${each.why}`)
  expect(told([order('o2', 2, [['b', '']]), order('o1', 1, [['c', ''], ['d', ''], ['a', 'received']])], [roll(null, 'a', 'b')])).toEqual(['c order', 'b order', 'a roll'])
  expect(told([], [roll(5, 'a')])).toEqual([])
})
it('says who is ringing for two minutes', () => {
  const rung = call('a', { rung: { label: '李江', at_ms: 0 } })
  expect([isRinging(rung, 119_000), isRinging(rung, 121_000), isRinging(call('b', {}), 0)]).toEqual([true, false, false])
})
it('speaks of channels only where there is something to say', () => {
  const way: Way = { name: 'modem', state: 'ok', signal: 'good', waiting: 0 }
  expect([way, { ...way, waiting: 3 }, { ...way, signal: 'weak' as const }, { ...way, state: 'no_sim' as const }].map(isTrouble)).toEqual([false, true, true, true])
})
