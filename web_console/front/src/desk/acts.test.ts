import { describe, expect, it, vi } from 'vitest'
import type { DeskSession } from '../lib/answers'
import type { Incident, Tier } from '../lib/wire'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { actsFor, noOrder } = await import('./acts')

const CITY = '9901', COUNTY = '990101', TOWN = '990101001'
const base = {
  id: 'i', stage: 'acting', mobilization: 'm-i', over: false, scope: TOWN, changed_at: 7, order_asked: null, hand_back_offered_to: null,
  category: '20700', lead: { division: COUNTY, tier: 'county', name: '云城区' }, path: [CITY, COUNTY, TOWN].map((code) => ({ code, name: code })),
} as unknown as Incident

function acts(own: string, tier: Tier, more: Partial<Incident> = {}) {
  const session = { officer: { post: { division: own, tier, name: own } } } as DeskSession
  return actsFor({ ...base, ...more }, session, { own, nameOf: (code) => code, short: 3, teams: 2 })
}
const words = (...given: Parameters<typeof acts>): string[] => acts(...given).map((act) => act.word)
const form = { texts: {}, order: noOrder(), needs: [{ speciality: 'FIRST_AID', minimum: 2, maximum: 4, by_ms: null }] }

describe('what may be done next', () => {
  it('widens first, where the call-out does not reach as far as this post could', () => {
    expect(words(COUNTY, 'county').slice(0, 2)).toEqual(['act.widen', 'act.wave'])
    expect(words(COUNTY, 'county', { scope: COUNTY })[0]).toBe('act.wave')
    expect(words(TOWN, 'township')[0]).toBe('act.wave')
    expect(acts(COUNTY, 'county')[0]!.body(form)).toEqual({})
  })
  it('sends the order behind it only when one was given', () => {
    const order = { body: '区指挥部', document: '', oral: true, reason: '' }
    expect(acts(COUNTY, 'county')[0]!.body({ ...form, order })).toEqual({ by_order: order })
  })
  it('approves what the post below asked for, and orders again what was stood down', () => {
    const waiting = { stage: 'verified', mobilization: null, scope: null, order_asked: { from: TOWN, to: COUNTY, people: 14, at_ms: 0, needs: [{ speciality: 'RESCUE', minimum: 9, maximum: 14, by_ms: null }] } } as const
    const approve = acts(COUNTY, 'county', waiting)[0]!
    expect([approve.word, approve.body(form)]).toEqual(['act.approve', { needs: [{ speciality: 'FIRST_AID', minimum: 2, maximum: 4 }], screen_position: 7 }])
    expect(approve.needs).toEqual(waiting.order_asked.needs)
    expect(words(TOWN, 'township', waiting)[0]).toBe('act.order')
    expect(words(COUNTY, 'county', { over: true })[0]).toBe('act.order.again')
  })
  it('says the consequence of what cannot be taken back', () => {
    const close = acts(COUNTY, 'county', { stage: 'demobilising', over: true }).find((act) => act.word === 'act.close')
    expect(close?.says?.(form)).toBe('办结后不能撤回')
  })
  it('passes the lead only where it can go', () => {
    expect(words(CITY, 'city')).toContain('act.take_over')
    expect(words(CITY, 'city')).not.toContain('act.ask')
    expect(words(COUNTY, 'county')).toEqual(expect.arrayContaining(['act.ask', 'act.offer_back']))
    expect(words(TOWN, 'township')).not.toContain('act.take_over')
  })
  it('takes back a disposal, reviews what is closed, and no more', () => {
    expect(words(COUNTY, 'county', { stage: 'false_alarm' })).toEqual(['act.reverse'])
    expect(words(COUNTY, 'county', { stage: 'closed' })).toEqual(['act.review'])
    expect(words(COUNTY, 'county', { stage: 'reviewed' })).toEqual([])
  })
})
