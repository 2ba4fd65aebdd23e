import { describe, expect, it } from 'vitest'
import type { CallState, MyCall } from '../lib/wire'
import type { Task } from '../lib/safety'
import { alertsOf, isGoing, isToReturn, noticesOf } from './calls'

const MINUTE = 60_000
const call = (state: CallState, more: Partial<MyCall> = {}): MyCall => ({ id: 'c', state, asked_ms: 0, seated: 0, arrived: 0, ...more }) as MyCall

describe('a leader’s calls', () => {
  it('keeps a crew whose call-out ended until it says that it is back', () => {
    const out = call('stood_down', { seated: 3 })
    expect([isToReturn(out), isGoing(out, 5 * MINUTE)]).toEqual([true, true])
    expect(isGoing(call('released', { seated: 0 }), 5 * MINUTE)).toBe(false)
    expect(isGoing(out, 48 * 60 * MINUTE)).toBe(false)
  })
  it('tells those who stood by or were asked that nobody is needed', () => {
    expect(noticesOf([call('stood_down'), call('not_needed')], 5 * MINUTE)).toHaveLength(2)
    expect(noticesOf([call('not_needed')], 200 * MINUTE)).toEqual([])
  })
  it('offers to change an answer for a quarter of an hour', () => {
    expect(noticesOf([call('declined'), call('lapsed')], 5 * MINUTE)).toHaveLength(2)
    expect(noticesOf([call('declined'), call('lapsed')], 20 * MINUTE)).toEqual([])
    expect(noticesOf([call('released')], 5 * MINUTE)).toEqual([])
  })
  it('rings for calls and loud orders until they are answered, and notices every order and a roll', () => {
    const task = { id: 't', orders: [{ id: 'o1', kind: 'withdraw', said: '' }, { id: 'o2', kind: 'hold', said: '' }, { id: 'o3', kind: 'hold', said: 'done' }], roll: { number: 2, closed_ms: null, people: 2, marks: { 1: {} } } } as unknown as Task
    const alerts = (...said: string[]): string[] =>
      alertsOf([call('open')], task, (kind) => kind === 'withdraw', (path) => said.some((each) => each.startsWith(path))).map((each) => `${each.kind} ${each.tag}${each.rings ? ' rings' : ''}`)
    expect(alerts()).toEqual(['call c rings', 'order o1 rings', 'order o2', 'roll roll t 2'])
    expect(alerts('/me/calls/c/answer', '/me/calls/t/orders/o1', '/me/calls/t/roll')).toEqual(['order o2'])
    const ground = { id: 't', zones: [{ id: 'z1', seen_ms: 1 }, { id: 'z2', seen_ms: 2 }] } as unknown as Task
    const unread = alertsOf([], ground, () => true, () => false, ['z1/1', 'z2/1'])
    expect(unread).toEqual([{ tag: 'z2/2', kind: 'ground', rings: false }])
    expect(alertsOf([], null, () => true, () => false)).toEqual([])
  })
})
