/** Injects over time: a lane for each way they come, in rows where they would lie over each other. Pure. */
import type { Inject } from './wire'

export type Placed = { inject: Inject; minute: number; row: number }
export type Lane = { mode: string; rows: number; placed: Placed[] }

/** When it was released, falls due, or may be expected: so long after the one it waits for. `null`: by hand only. */
export function minuteOf(inject: Inject, all: readonly Inject[], beginMs: number, seen: readonly number[] = []): number | null {
  const atMs = inject.released_ms ?? inject.due_ms
  if (atMs !== null) return (atMs - beginMs) / 60_000
  const before = seen.includes(inject.no) ? undefined : all.find((each) => each.no === inject.after)
  const minute = before ? minuteOf(before, all, beginMs, [...seen, inject.no]) : null
  return minute === null ? null : minute + inject.after_min
}

/** `wide`: how many minutes a card is wide. What has no time yet stands at the end. */
export function lanesOf(injects: readonly Inject[], beginMs: number, endMs: number, wide: number): Lane[] {
  const lanes = new Map<string, Lane>()
  const ends = new Map<string, number[]>()
  const last = (endMs - beginMs) / 60_000 - wide
  const timed = injects.map((inject) => ({ inject, minute: Math.min(Math.max(minuteOf(inject, injects, beginMs) ?? last, 0), Math.max(last, 0)) }))
  for (const { inject, minute } of timed.sort((a, b) => a.minute - b.minute || a.inject.no - b.inject.no)) {
    const lane = lanes.get(inject.mode) ?? { mode: inject.mode, rows: 0, placed: [] }
    const rows = ends.get(inject.mode) ?? []
    const free = rows.findIndex((end) => end <= minute)
    const row = free === -1 ? rows.length : free
    rows[row] = minute + wide
    lane.placed.push({ inject, minute, row })
    lanes.set(inject.mode, { ...lane, rows: rows.length })
    ends.set(inject.mode, rows)
  }
  return [...lanes.values()]
}

/** Marks of the axis: about ten, at round minutes. */
export function ticksOf(minutes: number): number[] {
  const step = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 960].find((each) => minutes / each <= 12) ?? 1440
  return Array.from({ length: Math.floor(minutes / step) + 1 }, (_, n) => n * step)
}
