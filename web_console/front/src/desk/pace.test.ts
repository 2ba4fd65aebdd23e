import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pace } from './pace'

describe('paced work', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is done at once, then with the second, the latest only; at once again when something else is asked for', () => {
    const [pace, done] = [new Pace(), [] as string[]]
    const run = (key: string, what: string) => pace.run(key, () => done.push(what))
    run('a', '1')
    expect(done).toEqual(['1'])
    for (const what of ['2', '3']) run('a', what)
    vi.advanceTimersByTime(999)
    expect(done).toEqual(['1'])
    vi.advanceTimersByTime(1)
    expect(done).toEqual(['1', '3'])
    run('a', '4')
    run('b', '5')
    vi.advanceTimersByTime(5_000)
    expect(done).toEqual(['1', '3', '5'])
  })
  it('stops with its page', () => {
    const [pace, done] = [new Pace(), [] as string[]]
    for (const what of ['1', '2']) pace.run('a', () => done.push(what))
    pace.stop()
    vi.advanceTimersByTime(5_000)
    expect(done).toEqual(['1'])
  })
})
