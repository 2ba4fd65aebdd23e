import { expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { documentElement: { dataset: {} } })
const { changesIn, peopleIn } = await import('./plan.svelte')
type Plan = import('./plan.svelte').Plan

const plan = (...teams: string[]): Plan =>
  ({ needs: [{ speciality: 'FIRST_AID', minimum: 2, maximum: 4, promised: 0, calls: teams.map((team) => ({ team, crew_max: 4 })) }] }) as unknown as Plan

it('marks what is new beside the plan before', () => {
  expect([...changesIn(null, plan('a', 'b'))]).toEqual([])
  expect([...changesIn(plan('a', 'b'), plan('a', 'c'))]).toEqual(['c'])
  expect([...changesIn(plan('a', 'b'), plan('a'))]).toEqual(['FIRST_AID'])
  expect(peopleIn(plan('a', 'b'))).toBe(8)
})
