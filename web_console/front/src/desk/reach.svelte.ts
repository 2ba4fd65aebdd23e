/** How far one comes by road: the areas from where the chosen incident is reached in 5, 10 and 15 minutes, as the server works them out. */
import type { FeatureCollection } from 'geojson'
import { get } from '../lib/api'
import { EMPTY } from './mapdata'

type Answer = FeatureCollection & { by_road: boolean; arrives: boolean }
/** What is said beside the areas; `short`: no road leads to the incident, they end as near as roads come and one walks from there. */
type Told = '' | 'legend' | 'none' | 'short' | 'nowhere'

class Reach {
  areas = $state.raw<FeatureCollection>(EMPTY)
  told = $state<Told>('')
  #asked = 0

  /** Of this incident, or of none. */
  async want(incident: string | null): Promise<void> {
    const asked = ++this.#asked
    const found = incident === null ? null : await get<Answer>(`/incidents/${incident}/reach`).catch(() => null)
    if (asked !== this.#asked) return
    this.areas = found ?? EMPTY
    this.told = found === null ? '' : !found.by_road ? 'none' : found.features.length === 0 ? 'nowhere' : found.arrives ? 'legend' : 'short'
  }
}

export const reach = new Reach()
