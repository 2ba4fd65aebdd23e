import { expect, it } from 'vitest'
import { Told } from './told.svelte'

it('says nothing of what happens just now', () => {
  expect([new Told().times, new Told().isWrong(10)]).toEqual([{}, false])
})
it('sends only the times that were said', () => {
  const told = new Told()
  told.happened = 3
  expect(told.times).toEqual({ happened_at_ms: 3 })
  told.learned = 5
  expect(told.times).toEqual({ happened_at_ms: 3, learned_at_ms: 5 })
})
it('knows times that cannot be', () => {
  const told = new Told()
  const wrong = (happened: number | null, learned: number | null): boolean => {
    Object.assign(told, { happened, learned })
    return told.isWrong(10)
  }
  expect([wrong(11, null), wrong(null, 11), wrong(6, 5)]).toEqual([true, true, true])
  expect([wrong(10, null), wrong(null, 10), wrong(5, 5), wrong(4, 9)]).toEqual([false, false, false, false])
})
