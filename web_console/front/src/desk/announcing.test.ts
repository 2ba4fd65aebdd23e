import { expect, it } from 'vitest'
import { Announcing } from './announcing'

const those = (...ids: string[]) => ids.map((id) => ({ id }))

it('tells of each new incident once, after a first picture that had none', () => {
  const announcing = new Announcing()
  expect(announcing.fresh([])).toEqual([])
  expect(announcing.fresh(those('a'))).toEqual(those('a'))
  expect(announcing.fresh(those('a'))).toEqual([])
  expect(announcing.fresh(those('b', 'a', 'c'))).toEqual(those('b', 'c'))
})
it('tells of nothing that was there at first, nor of what comes back', () => {
  const announcing = new Announcing()
  expect(announcing.fresh(those('a', 'b'))).toEqual([])
  expect(announcing.fresh(those('b'))).toEqual([])
  expect(announcing.fresh(those('a', 'b'))).toEqual([])
})
