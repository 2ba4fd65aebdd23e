import { expect, it } from 'vitest'
import { beginMs, begun, bodyOf, lacking, OTHER, type Planned } from './planned'
import type { ScriptChoice } from './wire'

const NOON = Date.parse('2026-12-01T12:00:00+08:00')
const script = (no_notice: boolean): ScriptChoice => ({ id: 's', zh: '', en: '', lasts_min: 60, injects: 3, no_notice, on_registry: true })
const whole: Planned = { ...begun(NOON), name: 's-1202', officers: ['bo'] }

it('begins the next morning in the time of the city, wherever the browser is', () => {
  expect([begun(NOON).date, beginMs(begun(NOON))]).toEqual(['2026-12-02', Date.parse('2026-12-02T01:30:00Z')])
  expect(begun(Date.parse('2026-12-01T23:30:00+08:00')).date).toBe('2026-12-02')
})
it('takes a time of day as people type it, and no other', () => {
  const at = (clock: string): string | null => ((ms) => (ms === null ? null : new Date(ms).toISOString().slice(11, 16)))(beginMs({ ...whole, clock }))
  expect(['9:30', '09：30', '0930', '2330', '24:00', '9', '', '9:3'].map(at)).toEqual(['01:30', '01:30', '01:30', '15:30', null, null, null, null])
})
it('says what is missing, in the order of the form', () => {
  expect(lacking(begun(NOON), null, NOON)).toEqual(['exercises.script', 'exercises.desks'])
  expect(lacking({ ...whole, date: '2026-12-01', clock: '11:59' }, script(false), NOON)).toEqual(['exercises.when'])
  expect(lacking({ ...whole, date: '' }, script(false), NOON)).toEqual(['exercises.when'])
  expect(lacking(whole, script(false), NOON)).toEqual([])
  expect(lacking({ ...whole, safety: OTHER }, script(false), NOON)).toEqual(['exercises.safety'])
})
it('asks four things more of one without notice', () => {
  expect(lacking(whole, script(true), NOON)).toEqual(['exercises.safety', 'exercises.rules', 'exercises.approver', 'exercises.told'])
  expect(lacking({ ...whole, safety: 'di', rules: 'x', approver: 'y', told: ' \n z ' }, script(true), NOON)).toEqual([])
})
it('sends who was told only where it must stay secret', () => {
  const typed = { ...whole, safety: OTHER, safetyName: ' 王工 ', rules: 'x', approver: 'y', told: 'a\n\n b ' }
  expect(bodyOf(typed, script(true), 7)).toEqual({ script: 's', exercise: 's-1202', begin_ms: 7, officers: ['bo'], notice: { safety_officer: '王工', stop_rules: 'x', approved_by: 'y', told: ['a', 'b'] } })
  expect(bodyOf(typed, script(false), 7)['notice']).toEqual({ safety_officer: '王工', stop_rules: 'x' })
  expect(bodyOf({ ...typed, safety: 'di' }, script(false), 7)['notice']).toEqual({ safety: 'di', stop_rules: 'x' })
})
