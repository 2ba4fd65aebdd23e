import { expect, it, vi } from 'vitest'
import type { Advice, Band, Forecast, Need } from './forecast'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { adviceText, altText, areaOf, bandText, lineOf, momentsOf, momentText, recordOf, toldOf, topOf } = await import('./forecast')
const { look } = await import('../lib/look.svelte')

const MIN = 60_000
const AT = Date.UTC(2026, 6, 14, 13, 0)
const by_ms = AT + 30 * MIN
const bands = (n = 0): Band[] => Array.from({ length: 25 }, (_, i) => [AT + i * 2.5 * MIN, n, n + Math.floor(i / 8), n + Math.floor(i / 4)])
const need = (some: Partial<Need> = {}): Need => ({ incident: 'i', speciality: 'FIRST_AID', least: 3, by_ms, in_time: 0.4, promised: 0.5, half_ms: AT + 40 * MIN, most_ms: null, early_ms: null, first_ms: null, over: 0, calls: 4, teams: 4, bands: bands(), ...some })
const found = (act: Advice['act'], chance: number, with_it: number, some: Partial<Need> = {}): Forecast => ({
  position: 7,
  at_ms: AT,
  names: {},
  branches: [{ branches: 200, until_ms: AT + 60 * MIN, happened_ms: 0, needs: [need(some)] }],
  advice: [{ incident: 'i', speciality: 'FIRST_AID', act, chance, with_it }],
})
const said = (...of: Parameters<typeof found>): string => adviceText(toldOf(found(...of))[0]!, AT)

it('says what to do now in one sentence, with both chances, and never a chance of 0 or 100', () => {
  expect(said('next_wave', 0.004, 0.7149)).toBe('现在追加一批：21:30前到齐的可能性由 <1 % 提高到 71 %')
  expect(said('ask_above', 0.12, 0.14)).toBe('请上级增援：21:30前到齐的可能性 12 %，追加一批为 14 %，作用不大')
  expect(said('wait', 1, 1)).toBe('继续等候，不必追加：21:30前到齐的可能性 >99 %')
})
it('says so in English', () => {
  look.switchLang()
  expect(said('next_wave', 0, 1)).toBe('Call the next wave now: the chance to be met by 21:30 rises from <1 % to >99 %')
  look.switchLang()
})
it('proposes nothing to be in time where all are there, or where that time is past', () => {
  expect(said('ask_above', 0, 0, { bands: bands(3), by_ms: AT - MIN })).toBe('人员已到齐，不必追加')
  expect(said('ask_above', 0, 0, { by_ms: AT - MIN })).toContain('20:59的时限已过')
})
it('says nothing to do where nothing was advised', () => {
  expect(adviceText(toldOf({ ...found('wait', 1, 1), advice: [] })[0]!, AT)).toBe('')
})
it('gives clock times, or says that it is not met', () => {
  expect([AT + 40 * MIN, null, AT].map((ms) => momentText(ms, AT))).toEqual(['21:40', '不会在此期间满足', '已到齐'])
})
it('puts both courses of the same need side by side, whatever their order', () => {
  const plain = found('wait', 1, 1).branches[0]!
  const other = { ...plain, needs: [need({ speciality: 'COMMS' }), need({ in_time: 0.9 })] }
  const [told] = toldOf({ ...found('wait', 1, 1), branches: [plain, other], advice: [] })
  expect(told!.ways.map((way) => way.in_time)).toEqual([0.4, 0.9])
})
it('draws within its box, the least number too, and says the same in words', () => {
  const [told] = toldOf(found('wait', 1, 1))
  const numbers = `${lineOf(bands(), 3, topOf(told!))} ${areaOf(bands(), topOf(told!))}`.split(/[ ,]/).map(Number)
  expect([Math.min(...numbers) >= 0, Math.max(...numbers) <= 100, topOf(told!) > 6]).toEqual([true, true, true])
  expect(altText(need(), '急救', '现有安排')).toBe('急救，现有安排：21:00在场0人，22:00中位数3人（10%–90%：0–6），至少3人')
  expect(bandText([AT, 0, 3, 6])).toBe('3（0–6）')
  expect(momentsOf(bands())).toEqual([0, 4, 8, 12, 16, 20, 24])
})
it('calls a course what happened only where the record covers all of it', () => {
  const course = (happened_ms: number) => recordOf({ branches: 200, until_ms: AT + 60 * MIN, happened_ms, needs: [] }, AT)
  expect([0, AT, AT + 1, AT + 59 * MIN, AT + 60 * MIN, AT + 90 * MIN].map(course)).toEqual(['nothing', 'nothing', 'begins', 'begins', 'all', 'all'])
})
