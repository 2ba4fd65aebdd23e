import { expect, it, vi } from 'vitest'
import type { Coverage, Faults, Row, Siting } from './survey'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { byNear, faultsOnMap, fineShare, isBest, onMap, shareText, sitesOnMap, sumOf } = await import('./survey')

const row = (code: string, weight: number, near: number, in_time: number | null): Row => ({ code, name: code, weight, near, in_time })

it('sums shares by weight, and says nothing of minutes where a row has none', () => {
  expect(sumOf([row('a', 1, 1, 1), row('b', 3, 0, 0.5)])).toEqual({ weight: 4, near: 0.25, in_time: 0.625 })
  expect(sumOf([row('a', 1, 1, null)]).in_time).toBeNull()
  expect(sumOf([])).toEqual({ weight: 0, near: 0, in_time: 0 })
})
it('shows the least covered first', () => {
  expect(byNear([row('b', 1, 0.5, null), row('a', 1, 0.5, null), row('c', 1, 0.1, null)]).map(({ code }) => code)).toEqual(['c', 'a', 'b'])
})
it('puts gaps on the map', () => {
  const square = { type: 'Polygon' as const, coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] }
  const found = { gaps: [{ area: square }, { area: null }] } as unknown as Coverage
  expect(onMap(found).features).toHaveLength(1)
  expect(onMap(null).features).toEqual([])
})
it('puts proposed places on the map, open ground by its number', () => {
  const found = { sites: [{ kind: 'ground', name: '', lon: 1, lat: 2 }, { kind: 'station', name: '江滨站', lon: 3, lat: 4 }] } as unknown as Siting
  expect(sitesOnMap(found).features.map((each) => each.properties?.['name'])).toEqual(['建议 1', '江滨站'])
  expect(sitesOnMap(null).features).toEqual([])
})
it('says that nothing is better only where that is so', () => {
  const of = (some: Partial<Siting>): Siting => ({ best: null, ...some }) as Siting
  expect([of({ after: 0.5, best: 0.5 }), of({ after: 0.5, best: 0.6 }), of({ after_s: 300, best_s: 300 }), of({ after_s: 300, best_s: 290 })].map(isBest)).toEqual([true, false, true, false])
  expect([0, 0.2289, 0.99999, 1].map(fineShare)).toEqual(['0 %', '22.9 %', '100.0 %', '100 %'])
})
it('puts faults on the map that have a place', () => {
  const point = { type: 'Point' as const, coordinates: [1, 2] }
  const found = { features: [{ geometry: point }, { geometry: null }] } as unknown as Faults
  expect(faultsOnMap(found).features).toHaveLength(1)
  expect(faultsOnMap(null).features).toEqual([])
})
it('calls nothing nothing and all all', () => {
  expect([0, 0.004, 0.5, 0.996, 1].map(shareText)).toEqual(['0 %', '<1 %', '50 %', '>99 %', '100 %'])
})
