import { describe, expect, it } from 'vitest'
import type { Incident } from '../lib/wire'
import { pageAt, summed } from './sums'

const need = (minimum: number, promised: number, arrived = 0) => ({ speciality: 'FIRST_AID', minimum, maximum: minimum * 2, promised, arrived, confirmed: 0, open: 0, served: 0, by_ms: null })
const incident = (...needs: ReturnType<typeof need>[]): Incident => ({ mobilization: 'm', over: false, needs }) as unknown as Incident

describe('a wall', () => {
  it('adds up needs, and lets an abundance in one place hide no gap in another', () => {
    expect(summed([incident(need(4, 8, 8)), incident(need(4, 1))])).toEqual([{ speciality: 'FIRST_AID', minimum: 8, maximum: 16, promised: 9, arrived: 8, short: 3 }])
  })
  it('shows every incident in turn, a page each twenty seconds', () => {
    expect(pageAt(0, 5)).toEqual({ no: 1, of: 1, from: 0 })
    expect([0, 20_000, 40_000, 60_000].map((ms) => pageAt(15, ms).no)).toEqual([1, 2, 3, 1])
    expect(pageAt(15, 40_000).from).toBe(14)
  })
})
