/** Marked ground at a task, as items have it (docs/socket.md). Pure. */
import type { Mode } from './modes'

export type ZoneKind = 'hazard' | 'closure'
/** `ends`: other roads there; '' where there is none, or it has no name. */
export type Road = { road: string; ends: [string, string]; metres: number }
/** `seen_ms`: how it was then; `overdue`: nobody looked again in time; `until_ms`: when a closure ends by itself. */
export type Marked = {
  id: string
  kind: ZoneKind
  what: string
  depth_cm: number | null
  shuts: readonly Mode[]
  road: Road | null
  seen_ms: number
  overdue: boolean
  until_ms: number | null
}

/** Dangers before closed roads, and of each the newest word first. */
export const gravestFirst = (zones: readonly Marked[]): Marked[] =>
  [...zones].sort((a, b) => Number(a.kind === 'closure') - Number(b.kind === 'closure') || b.seen_ms - a.seen_ms || (a.id < b.id ? -1 : 1))

/** One mark for each as it was last seen: another mark is news, and ways may run otherwise. */
export const marksOf = (zones: readonly Marked[] | undefined): string[] => (zones ?? []).map((zone) => `${zone.id}/${zone.seen_ms}`).sort()
