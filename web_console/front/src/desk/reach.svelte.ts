/** How far one comes by road: the areas from where the chosen incident is reached in 5, 10 and 15 minutes, as the server works them out. */
import type { FeatureCollection } from 'geojson'
import { get } from '../lib/api'
import { EMPTY } from './mapdata'

class Reach {
  areas = $state.raw<FeatureCollection>(EMPTY)
  /** Whether it was asked for, and there are no roads to go by. */
  none = $state(false)
  #asked = 0

  /** Of this incident, or of none. */
  async want(incident: string | null): Promise<void> {
    const asked = ++this.#asked
    const found = incident === null ? EMPTY : await get<FeatureCollection>(`/incidents/${incident}/reach`).catch(() => EMPTY)
    if (asked !== this.#asked) return
    this.none = incident !== null && found.features.length === 0
    this.areas = found
  }
}

export const reach = new Reach()
