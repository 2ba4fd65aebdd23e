import { expect, it } from 'vitest'
import type { Watch } from './watch'
import { dial, entriesFor, entriesOf, standing, type Contact } from './directory'

const entries = entriesOf({
  posts: [{ division: '9901', name: '云江市', tier: 'city', phones: ['0000-8000001'], leader: null, officers: [{ id: 'ana', name: '周敏', role: 'duty_officer', phone: '19900000001' }] }],
  teams: [{ id: 't1', name: '江滨急救一队', people: [{ id: 'p1', name: '王小明', role: 'leader', phone: '19900000177' }] }],
})
const found = (query: string): string[] => entriesFor(entries, query).map((each) => each.id)

it('finds a post, a team or a person by characters and by initials, and anybody by digits of the number', () => {
  expect(found('')).toEqual(['9901', 't1'])
  expect(found('周敏')).toEqual(['9901'])
  expect(found('jbjj')).toEqual(['t1'])
  expect(found('wxm')).toEqual(['t1'])
  expect(found('0177')).toEqual(['t1'])
  expect(found('00008000')).toEqual(['9901'])
  expect(found('0000-8000')).toEqual(['9901'])
  expect(found('没有')).toEqual([])
})
it('dials the digits of a number that is written with a dash', () => {
  expect(dial('0000-8000001')).toBe('00008000001')
})
it('says who of a post is on watch tonight and who leads it', () => {
  const watch = { officer: 'ana', leader: { officer: 'bo', name: '李江', since_ms: 1 } } as Watch
  const person = (id: string): Contact => ({ id, name: id, role: 'duty_officer', phone: null })
  expect(['ana', 'bo', 'cy'].map((id) => standing(watch, person(id)))).toEqual(['watch.holder', 'watch.leads', null])
  expect(standing(null, { ...person('wl-1'), leads: true })).toBe('watch.leads')
})
