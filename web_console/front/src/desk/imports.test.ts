import { expect, it } from 'vitest'
import { lacking, sorted, type Draft, type SheetPlan, type Verdict } from './imports'

const line = (state: Verdict['state'], number: number): Verdict => ({ kind: 'people', sheet: 0, line: number, state, name: '', phone: '', changes: [], mended: [], notes: [], reason: null })

it('shows refused lines first, then what changes, each as it stands in the file', () => {
  const order = sorted([line('new', 3), line('refused', 9), line('changed', 5), line('refused', 4)]).map((each) => each.line)
  expect(order).toEqual([4, 9, 5, 3])
})
it('says which columns a sheet still lacks', () => {
  const column = (name: string, needed: boolean) => ({ name, zh: name, en: name, needed })
  const draft = { kinds: [{ name: 'people', columns: [column('name', true), column('phone', true), column('birth_date', false)] }] } as unknown as Draft
  const sheet = (kind: string, ...columns: string[]) => ({ kind, columns }) as SheetPlan
  expect(lacking(sheet('people', 'name', ''), draft).map((each) => each.name)).toEqual(['phone'])
  expect(lacking(sheet('', 'name'), draft)).toEqual([])
})
