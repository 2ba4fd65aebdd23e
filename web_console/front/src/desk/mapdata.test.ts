import { describe, expect, it, vi } from 'vitest'
import type { Call, Incident, Team } from '../lib/wire'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { areasOf, difference, draftOf, headings, incidentPoints, teamPoints } = await import('./mapdata')

const team = (id: string, more: Partial<Team> = {}) => ({ id, name: `${id}队`, lon: 1, lat: 2, state: 'available', incident: null, ...more }) as Team

describe('what moves on the map', () => {
  it('is nothing with nothing, and two thousand with two thousand', () => {
    expect(teamPoints([], null, [], 'night')).toEqual([])
    expect([incidentPoints([], false, 'night', 'zh'), areasOf([])].map((each) => each.features.length)).toEqual([0, 0])
    const many = Array.from({ length: 2000 }, (_, n) => team(String(n)))
    expect(teamPoints(many, null, [], 'night')).toHaveLength(2000)
  })
  it('names the teams of the chosen incident, with the time they are due', () => {
    const call = { team: 'a', state: 'set_out', eta_ms: Date.UTC(2026, 6, 14, 13, 51) } as Call
    const names = (chosen: string | null) => teamPoints([team('a', { incident: 'i', state: 'on_way' }), team('b')], chosen, [call], 'day').map((each) => each.properties.name)
    expect(names('i')).toEqual(['a队·预计 21:51', ''])
    expect(names(null)).toEqual(['', ''])
  })
  it('draws whoever is on the way to the chosen incident towards it, and nobody else', () => {
    const chosen = { id: 'i', lon: 5, lat: 6 } as Incident
    const teams = [team('a', { incident: 'i', state: 'on_way' }), team('b', { incident: 'i', state: 'on_scene' }), team('c', { incident: 'j', state: 'on_way' })]
    expect(headings(teams, chosen).features.map((each) => each.geometry)).toEqual([{ type: 'LineString', coordinates: [[1, 2], [5, 6]] }])
    expect(headings(teams, null).features).toEqual([])
  })
  it('is told of a team only when it looks otherwise than before', () => {
    const points = (...teams: Team[]) => teamPoints(teams, null, [], 'day')
    const before = new Map(points(team('a'), team('b'), team('c'), team('d')).map((each) => [each.id, each]))
    const { add, remove } = difference(before, points(team('a'), team('b', { state: 'called' }), team('c', { lon: 3 }), team('e')))
    expect([add.map((each) => each.id), remove]).toEqual([['b', 'c', 'e'], ['d']])
  })
  it('closes areas, and an area being drawn shows its corners', () => {
    const ring: [number, number][] = [[0, 0], [1, 0], [1, 1]]
    const [area] = areasOf([{ id: 'i', area: ring } as unknown as Incident]).features
    expect(area?.geometry).toEqual({ type: 'Polygon', coordinates: [[...ring, [0, 0]]] })
    expect(draftOf(ring, true).features.map((each) => each.geometry.type)).toEqual(['Polygon', 'LineString', 'Point', 'Point', 'Point'])
    expect(draftOf(ring.slice(0, 1), true).features.map((each) => each.geometry.type)).toEqual(['Point'])
    expect(draftOf([], true).features).toEqual([])
  })
})
