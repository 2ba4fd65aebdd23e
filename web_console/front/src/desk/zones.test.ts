import { expect, it, vi } from 'vitest'
import type { Zone } from './zones'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { around, byDue, isOurs, roadOf, stateOf } = await import('./zones')
const { middleOf, zonesOf } = await import('./zonedata')

const zone = (change: Partial<Zone> = {}): Zone => ({
  id: 'z1', kind: 'hazard', what: 'flood', ring: [], divisions: [{ code: '990101', name: '云城区' }, { code: '990101001', name: '江滨街道' }], shuts: ['car', 'e_bike'],
  depth_cm: 40, look_again_ms: 2, until_ms: null, incident: null, marked_ms: 0, marked_by: '990101', seen_ms: 0, stretch: null, found: null, overdue: false, ...change,
})

it('is a ring of equal metres around a place, wherever it lies', () => {
  for (const [lon, lat] of [[111, 30], [126, 45]] as const) {
    const far = around(lon, lat, 500).map(([x, y]) => Math.hypot((x - lon) * Math.cos((lat * Math.PI) / 180), y - lat) * 111_195)
    expect(Math.min(...far)).toBeGreaterThan(499)
    expect(Math.max(...far)).toBeLessThan(501)
  }
})
it('says how deep it is and who does not get through', () => {
  expect(stateOf(zone())).toBe('水深40厘米·汽车、电动车不能通行')
  expect(stateOf(zone({ depth_cm: null, shuts: [] }))).toBe('可以通行')
})
it('names a stretch of road by what it is, and the roads where it begins and ends', () => {
  const road = { line: [], road: '长江路', ends: ['东环路', '学院路'] as [string, string], metres: 962 }
  expect(roadOf(road)).toBe('长江路·东环路至学院路·0.96 km')
  expect(roadOf({ ...road, ends: ['', '学院路'] })).toBe('长江路·学院路一端·0.96 km')
  expect(roadOf({ ...road, road: '', ends: ['', ''] })).toBe('无名道路·0.96 km')
})
it('puts a plate on a stretch of road in its middle, and hatches outlines only', () => {
  const line: [number, number][] = [[111, 30], [111.02, 30], [111.02, 30]]
  const drawn = zonesOf([zone({ stretch: { line, road: '', ends: ['', ''], metres: 1 } }), zone({ ring: [[0, 0], [1, 0], [1, 1]] })]).features
  expect(drawn.map(({ geometry }) => geometry.type)).toEqual(['LineString', 'Point', 'Polygon'])
  expect(drawn[1]?.geometry).toEqual({ type: 'Point', coordinates: [expect.closeTo(111.01), 30] })
  expect(middleOf([[111, 30], [111, 30]])).toEqual([111, 30])
})
it('puts first what is to be looked at first', () => {
  expect(byDue([zone(), zone({ id: 'z0', look_again_ms: 1 })]).map(({ id }) => id)).toEqual(['z0', 'z1'])
})
it('is for posts it touches, and those above and below', () => {
  expect(['9901', '990101', '990101001', '990102'].map((own) => isOurs(zone(), own))).toEqual([true, true, true, false])
})
