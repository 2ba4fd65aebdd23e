import { describe, expect, it } from 'vitest'
import { apply, itemsOf, type Topic } from './feed'

const held: Topic = { epoch: 'e', position: 5, items: new Map([['incident/a', 1]]), lists: new Map() }
const diff = { type: 'diff', topic: 't', epoch: 'e', drop: [] as string[] } as const

describe('a topic', () => {
  it('is replaced by a snapshot', () => {
    const { topic } = apply(held, { type: 'snapshot', topic: 't', epoch: 'f', position: 2, items: { 'call/x': 7 } })
    expect([...(topic?.items ?? [])]).toEqual([['call/x', 7]])
    expect(topic?.epoch).toBe('f')
  })
  it('takes a diff that joins on, and one that overlaps', () => {
    for (const from of [5, 3]) {
      const { topic, changed } = apply(held, { ...diff, from, position: 8, put: { 'incident/b': 2 }, drop: ['incident/a'] })
      expect([...(topic?.items ?? [])]).toEqual([['incident/b', 2]])
      expect(topic?.position).toBe(8)
      expect(changed).toEqual(['incident/b'])
    }
  })
  it('leaves what it held untouched: others may still show it', () => {
    apply(held, { ...diff, from: 5, position: 6, put: { 'incident/a': 9 } })
    expect(held.items.get('incident/a')).toBe(1)
  })
  it('asks again when a diff is missing or the epoch is another', () => {
    expect(apply(held, { ...diff, from: 6, position: 7, put: {} }).refollow).toBe(true)
    expect(apply(held, { ...diff, epoch: 'f', from: 5, position: 7, put: {} }).refollow).toBe(true)
    expect(apply(null, { ...diff, from: 0, position: 7, put: {} }).refollow).toBe(true)
  })
  it('ignores what it already has', () => {
    expect(apply(held, { ...diff, from: 2, position: 5, put: { 'incident/a': 9 } }).topic).toBe(held)
  })
  it('gives the same list again until an item of its kind changes', () => {
    const before = { ...held, items: new Map<string, unknown>([['call/1', 'x'], ['incident/a', 'y']]), lists: new Map() }
    const incidents = itemsOf(before, 'incident')
    const { topic } = apply(before, { ...diff, from: 5, position: 6, put: { 'call/1': 'z' } })
    expect([itemsOf(topic, 'call'), itemsOf(topic, 'incident') === incidents]).toEqual([['z'], true])
    const dropped = apply(topic, { ...diff, from: 6, position: 7, put: {}, drop: ['incident/a'] }).topic
    expect([itemsOf(dropped, 'incident'), itemsOf(dropped, 'call')]).toEqual([[], ['z']])
  })
  it('lists items by kind', () => {
    const topic = { ...held, items: new Map<string, unknown>([['call/1', 'x'], ['incident/a', 'y'], ['call/2', 'z']]) }
    expect(itemsOf(topic, 'call')).toEqual(['x', 'z'])
  })
})
