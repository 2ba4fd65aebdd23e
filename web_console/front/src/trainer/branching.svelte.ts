/** Branches of one moment of the drill, side by side. Nothing of the drill moves by them. */
import { ask, problemOf, type Problem } from '../lib/api'
import { MINUTES, RUNS, type Forecast } from '../desk/forecast'
import type { Change } from './branches'

/** Beside the main line. */
const MOST = 3
type At = { lon: number; lat: number }

class Branching {
  found = $state.raw<Forecast | null>(null)
  refused = $state.raw<Problem | null>(null)
  busy = $state(false)
  /** One thing changed each: branches B, C, D. */
  changes = $state.raw<readonly Change[]>([])
  /** A press on the map is a place while this is so. */
  picking = $state(false)
  place = $state('')
  isFull = $derived(this.changes.length >= MOST)

  /** Another comparison, from this moment; null: from now. */
  begin(at_ms: number | null): Promise<void> {
    return this.#play([], at_ms === null ? {} : { at_ms })
  }

  /** Everything is played anew, so that all of it knows the same of what happened since. */
  add(change: Change): Promise<void> {
    return this.#play([...this.changes, change], this.#moment)
  }

  drop(i: number): void {
    if (this.found) this.found = { ...this.found, branches: this.found.branches.filter((_, n) => n !== i + 1) }
    this.changes = this.changes.filter((_, n) => n !== i)
  }

  pick(at: At): void {
    this.place = `${at.lon.toFixed(5)}, ${at.lat.toFixed(5)}`
    this.picking = false
  }

  get #moment(): { position?: number; at_ms?: number } {
    return this.found ? { position: this.found.position, at_ms: this.found.at_ms } : {}
  }

  async #play(changes: readonly Change[], moment: { position?: number; at_ms?: number }): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.refused = null
    try {
      this.found = await ask<Forecast>('/forecasts', { ...moment, branches: RUNS, horizon_min: MINUTES, changes: [{ change: 'nothing' }, ...changes] })
      this.changes = changes
    } catch (error) {
      this.refused = problemOf(error)
    } finally {
      this.busy = false
    }
  }
}

export const branching = new Branching()
