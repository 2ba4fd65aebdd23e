/** The forecast that was asked for last, of one incident; it stays while another is looked at. Nothing is ordered by it. */
import { ask, problemOf, type Problem } from '../lib/api'
import { MINUTES, RUNS, type Forecast } from './forecast'

class Forecasting {
  #of = $state('')
  #found = $state.raw<Forecast | null>(null)
  #refused = $state.raw<Problem | null>(null)
  /** The incident that is worked on; '' while none is. */
  busy = $state('')

  of(incident: string): Forecast | null {
    return this.#of === incident ? this.#found : null
  }

  refused(incident: string): Problem | null {
    return this.#of === incident ? this.#refused : null
  }

  /** With what to do now; or, `wave`, beside the course of things if the next wave is called now. `at_ms`: of a moment that is replayed. */
  async run(incident: string, wave: boolean, at_ms?: number): Promise<void> {
    if (this.busy) return
    const more = wave ? { changes: [{ change: 'nothing' }, { change: 'next_wave', incident }] } : { advise: true }
    this.busy = incident
    if (this.#of !== incident) this.#found = null
    this.#of = incident
    this.#refused = null
    try {
      this.#found = await ask<Forecast>('/forecasts', { incident, branches: RUNS, horizon_min: MINUTES, ...more, ...(at_ms === undefined ? {} : { at_ms }) })
    } catch (error) {
      this.#refused = problemOf(error)
    } finally {
      this.busy = ''
    }
  }
}

export const forecasting = new Forecasting()
