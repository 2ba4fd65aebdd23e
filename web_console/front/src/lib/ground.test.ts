import { beforeAll, expect, it, vi } from 'vitest'
import { gravestFirst, marksOf, type Marked } from './marked'
import { speak } from './spoken'
import { WORDS } from './words'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { seenOf, toldOf } = await import('./ground')
const { look } = await import('./look.svelte')

const SEEN = Date.UTC(2026, 6, 20, 19, 20)
const flood: Marked = { id: 'z1', kind: 'hazard', what: 'flood', depth_cm: 40, shuts: ['car', 'e_bike'], road: null, seen_ms: SEEN, overdue: false, until_ms: null }
const bridge: Marked = { ...flood, id: 'z2', kind: 'closure', what: 'bridge', depth_cm: null, road: { road: '滨江路', ends: ['东环路', ''], metres: 960 }, until_ms: SEEN + 3_600_000 }

beforeAll(() => speak(WORDS))

it('says what is dangerous or shut as a leader speaks, with how old it is', () => {
  expect(toldOf(flood)).toBe('危险区：积水，水深40厘米，汽车、电动车不能通行')
  expect(toldOf(bridge)).toBe('道路中断：桥梁不通，滨江路·东环路一端·0.96 km，汽车、电动车不能通行')
  expect(seenOf(bridge, SEEN)).toBe('03:20 报·预计 04:20 恢复')
  expect(seenOf(flood, SEEN + 24 * 3_600_000)).toBe('7月21日 周二 03:20 报')
})
it('says it in English too', () => {
  look.switchLang()
  expect(toldOf(flood)).toBe('Danger area: Water. 40 cm deep. No way through: cars, e-bikes')
  look.switchLang()
})
it('says of nothing that it is safe to pass', () => {
  expect(toldOf({ ...flood, what: 'fire', depth_cm: null, shuts: [] })).toBe('危险区：火场')
})
it('has dangers before closed roads, and the newest word first', () => {
  const older = { ...flood, id: 'z0', seen_ms: SEEN - 1 }
  expect(gravestFirst([bridge, older, flood]).map(({ id }) => id)).toEqual(['z1', 'z0', 'z2'])
})
it('marks as news what is new and what was looked at again, not that nobody did', () => {
  const marks = marksOf([bridge, flood])
  expect(marksOf([flood, bridge])).toEqual(marks)
  expect(marksOf([{ ...flood, overdue: true }, bridge])).toEqual(marks)
  expect(marksOf([{ ...flood, seen_ms: SEEN + 1 }, bridge])).not.toEqual(marks)
  expect(marksOf(undefined)).toEqual([])
})
