import { expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
await import('./words')
const { crewPoints, waysOf } = await import('./ways')

const CREW = { call: 'c1', team: '急救一组', eta_ms: 3_780_000, people: 4, from: [111.1, 30.1] as [number, number], to: [111.2, 30.2] as [number, number] }

it('a crew on its way is a line from its base to its incident, named with the minute of play it is due at', () => {
  expect(waysOf([CREW]).features.map(({ geometry }) => geometry)).toEqual([{ type: 'LineString', coordinates: [CREW.from, CREW.to] }])
  const [point] = crewPoints([CREW], 'night', 0)
  expect(point).toMatchObject({ id: 'c1', properties: { icon: 'team-on_way-night' }, geometry: { coordinates: CREW.from } })
  expect(point?.properties.name).toContain('T+1:03')
})

it('who said no time is named without one', () => {
  expect(crewPoints([{ ...CREW, eta_ms: null }], 'day', 0)[0]?.properties.name).toBe('急救一组')
})
