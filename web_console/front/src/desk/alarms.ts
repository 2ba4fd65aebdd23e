/** When a desk sounds. Pure: what is new, what was heard, how long ago it last rang. */
import type { Incident, Stage } from '../lib/wire'

/** A hundred alarms in a minute are one tone each few seconds, with their number on the screen. */
export const APART_MS = 4_000
/** What nobody at the post has heard of rings again. */
export const AGAIN_MS = 15_000
const NEW = new Set<Stage>(['reported', 'verified', 'acting'])
const GRAVE = 2

/** Incidents that no officer of the post has heard of yet, the gravest and newest first. */
export function unheard(incidents: readonly Incident[], post: string): Incident[] {
  return incidents
    .filter((each) => NEW.has(each.stage) && !each.heard_by.includes(post))
    .sort((a, b) => a.severity - b.severity || b.entered_ms - a.entered_ms)
}

export type Rung = { ids: ReadonlySet<string>; at: number }

/** The tone due now, or null: at once for what is new (but never two within four seconds), again every fifteen while unheard. */
export function toneFor(waiting: readonly Incident[], rung: Rung, now: number): 'incident' | 'grave' | null {
  if (waiting.length === 0 || now - rung.at < APART_MS) return null
  const fresh = waiting.filter((each) => !rung.ids.has(each.id))
  if (fresh.length === 0 && now - rung.at < AGAIN_MS) return null
  return (fresh.length > 0 ? fresh : waiting).some((each) => each.severity <= GRAVE) ? 'grave' : 'incident'
}
