/** The survey that was asked for last: it stays on the map once its sheet is closed. */
import { desk } from './desk.svelte'
import { get, getBytes, problemOf, type Problem } from '../lib/api'
import type { Basis, Coverage, Faults, SiteAsk, Siting } from './survey'

class Surveying {
  coverage = $state.raw<Coverage | null>(null)
  /** Where stations or teams would do most; null before anybody asked. */
  siting = $state.raw<Siting | null>(null)
  /** What was found wrong, each where it is; null before anybody asked. */
  found = $state.raw<Faults | null>(null)
  faults = $derived(this.found?.features.map((each) => each.properties) ?? null)
  busy = $state(false)
  refused = $state.raw<Problem | null>(null)

  /** Coverage by this, or by what tells most of all that is known. What was proposed for another is gone. */
  async cover(basis: Basis | '' = ''): Promise<void> {
    await this.#do(async () => {
      this.siting = null
      this.coverage = await get<Coverage>(`/ground/coverage?basis=${basis}`)
    })
  }

  async place(asked: { ask: SiteAsk; k: number; basis: Basis; speciality: string }): Promise<void> {
    await this.#do(async () => {
      this.siting = null
      this.siting = await get<Siting>(`/ground/siting?${new URLSearchParams({ ...asked, k: `${asked.k}` }).toString()}`)
    })
  }

  async check(): Promise<void> {
    await this.#do(async () => (this.found = await get<Faults>('/ground/faults?as=geojson')))
  }

  async save(): Promise<void> {
    await this.#do(async () => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await getBytes('/ground/faults?as=geojson'))
      link.download = desk.session?.realm.kind === 'drill' ? 'EXERCISE-fences-EXERCISE.geojson' : 'fences.geojson'
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    })
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.refused = null
    try {
      await work()
    } catch (error) {
      this.refused = problemOf(error)
    } finally {
      this.busy = false
    }
  }
}

export const surveying = new Surveying()
