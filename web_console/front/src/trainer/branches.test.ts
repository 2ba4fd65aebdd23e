import { expect, it, vi } from 'vitest'
import type { Forecast, Need } from '../desk/forecast'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
await import('./words')
const { changeText, courseName, incidentsOf, needsOf, playMoment, rowsOf, spanText } = await import('./branches')

const MIN = 60_000
const BEGIN = Date.UTC(2026, 6, 14, 1, 0)
const AT = BEGIN + 58 * MIN
const need = (some: Partial<Need> = {}): Need => ({ incident: 'i', speciality: 'FIRST_AID', least: 42, by_ms: AT + 30 * MIN, in_time: 0.4, promised: 0.5, half_ms: AT + 25 * MIN, most_ms: AT + 29 * MIN, early_ms: AT + 21 * MIN, first_ms: AT, over: 3, calls: 31, teams: 28, bands: [[AT, 5, 5, 5]], ...some })
const branch = (...needs: Need[]): Forecast['branches'][number] => ({ branches: 200, until_ms: AT + 60 * MIN, happened_ms: 0, needs })
const found: Forecast = { position: 9, at_ms: AT, advice: [], names: { i: '大堤', k: '低洼' }, branches: [branch(need(), need({ incident: 'k' })), branch(need({ over: 9 }), need({ incident: 'k', over: 1 }))] }

it('sets each need of an incident beside itself in every course, and not beside that of another incident', () => {
  expect(incidentsOf(found).map(({ name }) => name)).toEqual(['大堤', '低洼'])
  const [told, ...others] = needsOf(found, 'k')
  expect([told!.ways.map((way) => way.over), others]).toEqual([[3, 1], []])
})
it('tells times as times of play, or that it was so at the moment, or is not within the time', () => {
  expect([AT + 25 * MIN, AT, null].map((ms) => playMoment(ms, AT, BEGIN))).toEqual(['T+1:23', '已到', '此期间未到'])
  expect(spanText(need(), BEGIN)).toBe('1:19–1:27')
  expect(spanText(need({ most_ms: null }), BEGIN)).toBe('1:19–…')
  expect(spanText(need({ early_ms: null }), BEGIN)).toBe('—')
})
it('has a row for each figure, and none for a time that is past', () => {
  const told = needsOf(found, 'i')[0]!
  expect(rowsOf(told, AT, BEGIN).map(([word, of]) => `${word} ${of(told.ways[1]!)}`)).toEqual(['42人到齐 T+1:23', '10%–90% 1:19–1:27', 'T+1:28前到齐的可能性 40 %', '首批到场 已到', '多余到场 9人', '召集总数 31次（28队）'])
  expect(rowsOf({ ...told, by_ms: AT - MIN }, AT, BEGIN)).toHaveLength(5)
})
it('names courses by letters and changes in words', () => {
  expect([0, 1, 3].map(courseName)).toEqual(['主线A', '分支B', '分支D'])
  expect(changeText({ change: 'next_wave', incident: 'i', more: 2 })).toBe('现在追加一批，多召集2队')
  expect(changeText({ change: 'shut', incident: 'i', lon: 112, lat: 30.5 })).toBe('道路中断（30.50000 N, 112.00000 E）')
})
