/** Reports that were begun and not registered: they survive a reload, a crash and a power cut, and are offered on return. */
import { Shelf } from '../lib/kept'
import type { Draft } from './report.svelte'

class Unfinished {
  /** By key, the latest first. */
  rows = $state.raw<[string, Draft][]>([])
  /** Whether the last thing typed will survive the page. */
  isSafe = $state(true)
  #shelf = new Shelf<Draft>('reports')
  #officer = ''
  #last: Promise<unknown> = Promise.resolve()

  async load(officer: string): Promise<void> {
    this.#officer = officer
    const found = await this.#shelf.all()
    this.rows = found.filter(([key]) => key.startsWith(`${officer}/`)).sort(([, a], [, b]) => b.started - a.started)
  }

  async keep(id: string, draft: Draft): Promise<void> {
    this.isSafe = await this.#inTurn(() => this.#shelf.put(`${this.#officer}/${id}`, draft))
  }

  async drop(id: string): Promise<void> {
    await this.#inTurn(() => this.#shelf.drop(`${this.#officer}/${id}`))
    await this.load(this.#officer)
  }

  /** The officer signs out: nobody after them reads what a caller said. */
  async wipe(): Promise<void> {
    for (const [key] of this.rows) await this.#shelf.drop(key)
    this.rows = []
  }

  refresh(): Promise<void> {
    return this.load(this.#officer)
  }

  /** One write after the other: what was given up never comes back by a write that was still under way. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

export const unfinished = new Unfinished()
