import { describe, expect, it } from 'vitest'
import type { KnownTeam, Standing } from '../lib/wire'
import { countedBy, Joined } from './teams.svelte'

const known = (id: string) => ({ id, name: `${id}队` }) as KnownTeam

describe('teams', () => {
  it('stand at rest where the feed says nothing of them, else as it says', () => {
    const said: Record<string, Partial<Standing>> = { b: { state: 'called', reach: 'untested' } }
    const teams = new Joined().of([known('a'), known('b')], (id) => said[id])
    expect(teams.map((each) => [each.name, each.state, each.reach, each.phones])).toEqual([['a队', 'available', 'asleep', 0], ['b队', 'called', 'untested', 0]])
    expect([...countedBy(teams)]).toEqual([['available', 1], ['called', 1]])
  })
  it('are the same values as before where nothing changed', () => {
    const [joined, list, called] = [new Joined(), [known('a'), known('b')], { state: 'called' } as const]
    const before = joined.of(list, () => undefined)
    const after = joined.of(list, (id) => (id === 'b' ? called : undefined))
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false])
    expect(joined.of(list, (id) => (id === 'b' ? called : undefined))[1]).toBe(after[1])
  })
})
