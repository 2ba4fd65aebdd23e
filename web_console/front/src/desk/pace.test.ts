import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pace } from './pace'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('work for the map', () => {
  let done: number[]
  let handMs: number
  let drawing: number
  const pace = () => new Pace(() => handMs)
  const work = (n: number) => () => {
    done.push(n)
    return new Promise<boolean>((drawn) => void setTimeout(() => drawn(drawing > 0), drawing))
  }
  beforeEach(() => {
    done = []
    handMs = -Infinity
    drawing = 5
  })

  it('is done once a second, the latest only, however often it changes', async () => {
    const map = pace()
    for (let n = 0; n < 36; n++) {
      map.run('i1', work(n))
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(done).toEqual([0, 19])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(done).toEqual([0, 19, 35])
  })

  it('is done at once where somebody asked for it and drawing is quick, and not after the page is gone', async () => {
    const map = pace()
    map.run('i1', work(1))
    await vi.advanceTimersByTimeAsync(10)
    handMs = performance.now()
    map.run('i2', work(2))
    expect(done).toEqual([1, 2])
    map.run('i2', work(3))
    map.stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(done).toEqual([1, 2])
  })

  it('takes a fifth of a machine that draws slowly, and rests no longer than five seconds', async () => {
    const map = pace()
    for (const [took, again] of [[500, 2_500], [4_000, 9_000]] as const) {
      done = []
      drawing = took
      await vi.advanceTimersByTimeAsync(20_000)
      map.run('i1', work(1))
      await vi.advanceTimersByTimeAsync(1)
      map.run('i1', work(2))
      await vi.advanceTimersByTimeAsync(again - 2)
      expect(done).toEqual([1])
      await vi.advanceTimersByTimeAsync(2)
      expect(done).toEqual([1, 2])
    }
  })

  it('waits for the hand where drawing is felt, but not for ever', async () => {
    const map = pace()
    drawing = 300
    map.run('i1', work(1))
    await vi.advanceTimersByTimeAsync(10_000)
    handMs = performance.now()
    map.run('i2', work(2))
    await vi.advanceTimersByTimeAsync(690)
    expect(done).toEqual([1])
    await vi.advanceTimersByTimeAsync(20)
    expect(done).toEqual([1, 2])
    await vi.advanceTimersByTimeAsync(10_000)
    drawing = 0 // where nothing looks otherwise, nothing is learned of how slow drawing is
    map.run('i2', work(3))
    expect(done).toEqual([1, 2, 3])
    await vi.advanceTimersByTimeAsync(10_000)
    const from = performance.now()
    handMs = from
    map.run('i3', work(4))
    for (; done.length < 4 && performance.now() - from < 9_000; handMs = performance.now()) await vi.advanceTimersByTimeAsync(100)
    expect(performance.now() - from).toBe(5_000)
  })
})
