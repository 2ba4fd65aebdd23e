/** The page behind a signed link: what one call says, and an answer to it, with nobody signed in. */
import { get, post, problemOf, type Problem } from '../lib/api'
import { commandId } from '../lib/ids'
import { tables } from '../lib/tables.svelte'
import type { CallState, MyCall } from '../lib/wire'

const LOOK_MS = 15_000

/** What a leader may see before a yes, and how the call stands. */
export type LinkCall = Omit<MyCall, 'state'> & {
  state: CallState
  over: boolean
  heads: number
  eta_ms: number | null
  by_link: boolean
  until_ms: number
  kind: string
}

class Link {
  readonly path = `/links/${location.pathname.split('/').pop() ?? ''}`
  call = $state.raw<LinkCall | null>(null)
  /** The link itself is not good: nothing can be answered by it. */
  bad = $state.raw<Problem | null>(null)
  /** An answer was not taken. */
  refused = $state.raw<Problem | null>(null)
  busy = $state(false)
  changing = $state(false)
  #asked: { what: string; id: string } | null = null

  async begin(): Promise<void> {
    await this.look()
    window.setInterval(() => document.visibilityState === 'visible' && !this.busy && void this.look(), LOOK_MS)
  }

  async look(): Promise<void> {
    try {
      if (tables.tables === null) await tables.load()
      this.call = await get<LinkCall>(this.path)
      this.bad = null
    } catch (error) {
      const problem = problemOf(error)
      if (problem.isUncertain && this.call !== null) return // it comes again by itself
      this.bad = problem
    }
  }

  /** After a lost answer the same press is the same command. */
  async say(body: Record<string, unknown>): Promise<void> {
    if (this.busy) return
    const what = JSON.stringify(body)
    const id = this.#asked?.what === what ? this.#asked.id : commandId()
    this.#asked = { what, id }
    this.busy = true
    this.refused = null
    try {
      this.call = await post<LinkCall>(`${this.path}/answer`, body, id)
      this.changing = false
      this.#asked = null
    } catch (error) {
      this.refused = problemOf(error)
    }
    this.busy = false
  }
}

export const link = new Link()
