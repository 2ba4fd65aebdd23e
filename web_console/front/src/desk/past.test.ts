import { expect, it } from 'vitest'
import { nextMark, shownAfter, type Mark } from './past.svelte'

const at = (position: number) => ({ epoch: 'e', position })

it('goes back as well as on, and forgets nothing that stayed', () => {
  const first = shownAfter(null, 't', { whole: true, put: { 'a/1': 1, 'b/1': 2 }, drop: [] }, at(9))
  const back = shownAfter(first, 't', { whole: false, put: { 'a/1': 0 }, drop: ['b/1'] }, at(4))
  expect([back?.position, [...(back?.items ?? [])]]).toEqual([4, [['a/1', 0]]])
  const on = shownAfter(back, 't', { whole: false, put: { 'b/1': 3 }, drop: [] }, at(5))
  expect([on?.position, [...(on?.items ?? [])]]).toEqual([5, [['a/1', 0], ['b/1', 3]]])
})

it('is all of it where nothing is held, or another history', () => {
  const held = shownAfter(null, 't', { whole: true, put: { 'a/1': 1 }, drop: [] }, at(9))
  expect([...(shownAfter(held, 't', { whole: true, put: { 'c/1': 1 }, drop: [] }, { epoch: 'f', position: 2 })?.items ?? [])]).toEqual([['c/1', 1]])
})

it('steps from mark to mark, and stays at the ends', () => {
  const marks: Mark[] = [[3, 30], [5, 50], [9, 90]]
  expect([nextMark(marks, 3, 1), nextMark(marks, 4, 1), nextMark(marks, 9, 1)]).toEqual([[5, 50], [5, 50], null])
  expect([nextMark(marks, 9, -1), nextMark(marks, 4, -1), nextMark(marks, 3, -1)]).toEqual([[5, 50], [3, 30], null])
})
