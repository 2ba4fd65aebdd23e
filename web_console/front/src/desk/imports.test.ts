import { expect, it } from 'vitest'
import { columnsOf, lacking, sorted, type Draft, type SheetPlan, type Verdict } from './imports'

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
it('names the columns that are taken and those that are left out, as they stand in the file', () => {
  const column = (name: string) => ({ name, zh: name, en: name, needed: false })
  const draft = { kinds: [{ name: 'people', columns: [column('phone'), column('name')] }] } as unknown as Draft
  const sheet = { kind: 'people', labels: ['序号', '姓名', '', '联系方式/手机', '入会日期'], columns: ['', 'name', '', 'phone', ''] } as unknown as SheetPlan
  const { used, out } = columnsOf(sheet, draft)
  expect(used.map((each) => each.name)).toEqual(['name', 'phone'])
  expect(out).toEqual(['序号', '入会日期'])
})
