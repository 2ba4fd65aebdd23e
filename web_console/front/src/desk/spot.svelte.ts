/** A place while it is being found: a name by a few letters, coordinates with their datum, a township picked by hand, or a click on the map. */
import type { Located, PlaceHit } from '../lib/answers'
import { get, problemOf, type Problem } from '../lib/api'
import { readPasted } from '../lib/pasted'
import type { DivisionName } from '../lib/wire'

const PAUSE_MS = 120

export class Spot {
  /** Where it is, as typed: a name or coordinates. */
  coordinates = $state('')
  hits = $state.raw<PlaceHit[]>([])
  at = $state(0)
  isDatumNamed = $state(false)
  crs = $state('wgs84')
  located = $state.raw<Located | null>(null)
  townships = $state.raw<DivisionName[]>([])
  township = $state('')
  address = $state('')
  isPrivate = $state(false)
  fault = $state.raw<Problem | null>(null)
  badPair = $state(false)
  #pause: ReturnType<typeof setTimeout> | undefined
  #asked = 0
  #isTaking = false
  #settled = ''

  pair = $derived(readPasted(this.coordinates))

  /** A place of the map. */
  async pick(lon: number, lat: number): Promise<void> {
    this.crs = 'wgs84'
    this.coordinates = `${lon.toFixed(6)}, ${lat.toFixed(6)}`
    this.hits = []
    await this.locate()
  }

  /** Another letter in the box. */
  typed(): void {
    clearTimeout(this.#pause)
    this.badPair = false
    if (this.pair) this.hits = []
    else this.#pause = setTimeout(() => void this.search(), PAUSE_MS)
  }

  async search(): Promise<void> {
    clearTimeout(this.#pause)
    const asked = ++this.#asked
    try {
      const found = await get<PlaceHit[]>(`/places?q=${encodeURIComponent(this.pair ? '' : this.coordinates.trim())}`)
      if (asked !== this.#asked) return
      this.hits = found
      this.at = 0
      this.badPair = found.length === 0 && this.pair === null && this.coordinates.trim() !== ''
    } catch (error) {
      this.fault = problemOf(error)
    }
  }

  async take(hit: PlaceHit): Promise<void> {
    this.#isTaking = true // the box may be left before the answer is there
    ++this.#asked
    clearTimeout(this.#pause)
    this.hits = []
    this.badPair = false
    this.coordinates = hit.name
    this.crs = 'wgs84'
    this.isDatumNamed = false
    await this.#locate(hit.lon === null ? `division=${hit.id}` : `lon=${hit.lon}&lat=${hit.lat}`)
    this.#isTaking = false
  }

  /** Enter in the box: the coordinates, or the name that is marked. Answers whether there is a place now. */
  async takeTyped(): Promise<boolean> {
    if (this.pair) await this.settle()
    else if (this.coordinates !== this.#settled) {
      this.#isTaking = true // whoever types on at once has chosen all the same
      await this.search()
      const hit = this.hits[this.at]
      this.badPair = hit === undefined
      if (hit) await this.take(hit)
      this.#isTaking = false
    }
    return this.located !== null
  }

  /** The box was left: coordinates count as they stand; words that were not taken are no place, and the place before them is none either. */
  async settle(): Promise<void> {
    if (this.#isTaking) return
    ++this.#asked
    clearTimeout(this.#pause)
    this.hits = []
    if (this.coordinates === this.#settled && this.located !== null) return
    const pair = this.pair
    this.isDatumNamed = pair !== null && pair.crs !== null
    if (pair?.crs) this.crs = pair.crs
    await this.locate()
  }

  async locate(): Promise<void> {
    const pair = this.pair
    this.badPair = pair === null && this.coordinates.trim() !== ''
    if (pair === null) this.located = null
    else await this.#locate(`lon=${pair.lon}&lat=${pair.lat}&crs=${this.crs}`)
  }

  async #locate(where: string): Promise<void> {
    this.fault = null
    this.isAsTyped()
    try {
      const found = await get<Located>(`/locate?${where}`)
      const under = found.path.at(-1)?.code ?? ''
      this.townships = found.township_chosen === 'not_known' && !found.only ? await get<DivisionName[]>(`/divisions?under=${under}`) : []
      this.township = ''
      this.located = found
      await this.found()
    } catch (error) {
      this.located = null
      this.fault = problemOf(error)
    }
  }

  /** What is asked next, now that the place is known. */
  protected async found(): Promise<void> {}

  /** What stands in the box is the place that is known. */
  protected isAsTyped(): void {
    this.#settled = this.coordinates
  }

  /** As the server takes it (docs/api.md), in the datum of the map; an area in another datum goes with the point as `typed`. */
  place(area: readonly [number, number][] = [], typed: { lon: number; lat: number; crs: string } | null = null): Record<string, unknown> {
    if (this.located?.only) return { division: this.located.only, address: this.address }
    return {
      ...(typed ?? { lon: this.located?.lon, lat: this.located?.lat }),
      address: this.address,
      private_home: this.isPrivate,
      ...(this.township ? { township: this.township } : {}),
      ...(area.length > 0 ? { area } : {}),
    }
  }
}
