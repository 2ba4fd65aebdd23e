import { describe, expect, it } from 'vitest'
import { loudness } from '../lib/sounds'
import type { Incident } from '../lib/wire'
import { toneFor, unheard } from './alarms'

const incident = (id: string, severity: number, heard_by: string[] = [], stage = 'reported'): Incident =>
  ({ id, severity, heard_by, stage, entered_ms: 1 }) as unknown as Incident
const never = { ids: new Set<string>(), at: -1e9 }

describe('the sounds of a desk', () => {
  it('ring for what nobody at the post has heard of, until one has', () => {
    const all = [incident('a', 4), incident('b', 3, ['9901']), incident('c', 1, ['990101']), incident('d', 4, [], 'closed')]
    expect(unheard(all, '9901').map((each) => each.id)).toEqual(['c', 'a'])
    expect(unheard(all, '990101').map((each) => each.id)).toEqual(['b', 'a'])
  })
  it('are one tone each few seconds for two hundred alarms, and come again while unheard', () => {
    const many = Array.from({ length: 200 }, (_, n) => incident(String(n), 4))
    expect(toneFor(many, never, 0)).toBe('incident')
    const rung = { ids: new Set(many.slice(0, 50).map((each) => each.id)), at: 0 }
    expect(toneFor(many, rung, 3_999)).toBeNull()
    expect(toneFor(many, rung, 4_000)).toBe('incident')
    const all = { ids: new Set(many.map((each) => each.id)), at: 0 }
    expect(toneFor(many, all, 14_999)).toBeNull()
    expect(toneFor(many, all, 15_000)).toBe('incident')
    expect(toneFor([], all, 60_000)).toBeNull()
  })
  it('sound twice for the grave ones', () => {
    expect(toneFor([incident('a', 2)], never, 0)).toBe('grave')
    expect(toneFor([incident('a', 3)], never, 0)).toBe('incident')
  })
  it('are silent when muted, but for SOS', () => {
    expect(loudness({ volume: 0.7, muted: true }, false)).toBe(0)
    expect(loudness({ volume: 0, muted: true }, true)).toBe(0.5)
  })
})
