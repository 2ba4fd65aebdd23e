import { expect, it } from 'vitest'
import { lanesOf, minuteOf, ticksOf } from './lanes'
import type { Inject } from './wire'

const inject = (no: number, more: Partial<Inject>): Inject => ({ no, mode: 'phone', after: null, after_min: 0, released_ms: null, due_ms: null, ...more }) as Inject

it('knows when an inject is to be expected', () => {
  const all = [inject(1, { due_ms: 60_000 }), inject(2, { after: 1, after_min: 5 }), inject(3, {}), inject(4, { after: 5 }), inject(5, { after: 4 })]
  expect(all.map((each) => minuteOf(each, all, 0))).toEqual([1, 6, null, null, null])
})
it('lays none over another, a lane for each way', () => {
  const all = [inject(1, { due_ms: 0 }), inject(2, { due_ms: 60_000 }), inject(3, { due_ms: 600_000 }), inject(4, { mode: 'radio', due_ms: 0 })]
  const lanes = lanesOf(all, 0, 3_600_000, 8)
  expect(lanes.map((lane) => [lane.mode, lane.rows])).toEqual([['phone', 2], ['radio', 1]])
  expect(lanes[0]!.placed.map((each) => [each.inject.no, each.row])).toEqual([[1, 0], [2, 1], [3, 0]])
})
it('keeps the last within the time of play, and what has no time yet', () => {
  expect(lanesOf([inject(1, { due_ms: 3_600_000 }), inject(2, {})], 0, 3_600_000, 8)[0]!.placed.map((each) => each.minute)).toEqual([52, 52])
})
it('marks the axis at round minutes', () => {
  expect(ticksOf(30)).toEqual([0, 5, 10, 15, 20, 25, 30])
  expect(ticksOf(240).length).toBeLessThan(14)
})
