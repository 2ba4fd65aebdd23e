import { expect, it, vi } from 'vitest'
import type { Need } from './forecast'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { compare, compareText, waveAdvice, waveText } = await import('./comparing')
await import('./forecast.words')
const { look } = await import('../lib/look.svelte')

const MIN = 60_000
const AT = Date.UTC(2026, 6, 14, 13, 0)
const need = (some: Partial<Need> = {}): Need => ({ incident: 'i', speciality: 'FIRST_AID', least: 3, by_ms: AT + 30 * MIN, in_time: 0.4, promised: 0.5, half_ms: AT + 40 * MIN, most_ms: null, early_ms: null, first_ms: null, over: 0, calls: 4, teams: 4, bands: [[AT, 0, 0, 0], [AT + 60 * MIN, 1, 2, 3]], ...some })
const NAMES = { plain: '主线A', other: '分支B' }

it('tells how much sooner or later, and how many teams it takes', () => {
  expect(compareText(need(), need({ half_ms: AT + 25 * MIN, teams: 6 }), NAMES)).toBe('分支B早15分钟到齐，多召集2队')
  expect(compareText(need(), need({ half_ms: AT + 43 * MIN, teams: 3 }), NAMES)).toBe('分支B晚3分钟到齐，少召集1队')
})
it('says so in English', () => {
  look.switchLang()
  expect(compareText(need(), need({ half_ms: AT + 25 * MIN, teams: 6 }), { plain: 'Main line A', other: 'Branch B' })).toBe('Branch B is met 15 min sooner, teams called: 2 more')
  look.switchLang()
})
it('goes by the chance where both are met at the same minute', () => {
  expect(compareText(need(), need({ half_ms: AT + 40 * MIN + 20_000, in_time: 0.7 }), NAMES)).toBe('分支B到齐时间相近，按时到齐的可能性由 40 % 提高到 70 %，召集队数相同')
  expect(compare(need(), need({ in_time: 0.25 })).is).toBe('less_sure')
  expect(compare(need(), need({ in_time: 0.45 })).is).toBe('same')
})
it('says which of them is met at all, and else how many come', () => {
  expect(compareText(need({ half_ms: null }), need(), NAMES)).toBe('分支B约21:40到齐，主线A在此期间不能到齐，召集队数相同')
  expect(compare(need(), need({ half_ms: null })).is).toBe('only_plain')
  expect(compare(need({ half_ms: null }), need({ half_ms: null, bands: [[AT, 0, 5, 6]] }))).toMatchObject({ is: 'more', n: 3 })
  expect(compareText(need({ half_ms: null }), need({ half_ms: null }), NAMES)).toBe('分支B与主线A都不能到齐，到场人数相近，召集队数相同')
})
it('advises the next wave where it helps, to wait where it need not, and to ask above where nothing at hand does', () => {
  const sooner = need({ half_ms: AT + 20 * MIN, teams: 7 })
  expect(waveText(need(), sooner, AT)).toBe('现在追加一批：追加一批早20分钟到齐，多召集3队')
  expect(waveAdvice(need({ in_time: 0.9 }), need({ in_time: 0.9 }), AT)).toBe('wait')
  expect(waveAdvice(need(), need(), AT)).toBe('ask_above')
  expect(waveAdvice(need({ by_ms: AT - MIN }), need(), AT)).toBe('wait')
  expect(waveAdvice(need({ bands: [[AT, 3, 3, 3]] }), sooner, AT)).toBe('there')
})
