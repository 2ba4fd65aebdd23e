/** One form's way to the server: whether it is busy, what was refused, and one id for one thing asked. */
import { post, postBytes, problemOf, type Problem } from './api'
import type { Receipt } from './answers'
import { commandId } from './ids'

export class Doing {
  busy = $state(false)
  refused = $state.raw<Problem | null>(null)
  #asked: { what: string; id: string } | null = null

  /** A change. Answers the receipt, or null when it was refused: the words then stand in `refused`, and what was typed stays. */
  async give<T extends Receipt>(path: string, body: unknown = {}): Promise<T | null> {
    return this.#do(path + JSON.stringify(body), (id) => post<T>(path, body, id))
  }

  async giveBytes<T extends Receipt>(path: string, body: Blob): Promise<T | null> {
    return this.#do(null, (id) => postBytes<T>(path, body, id))
  }

  /** Whether the refusal says that somebody else changed it meanwhile. */
  get isStale(): boolean {
    return this.refused?.code === 'stale'
  }

  /** After a lost answer the same press is the same command, so that nothing is ordered twice. */
  async #do<T>(what: string | null, send: (id: string) => Promise<T>): Promise<T | null> {
    if (this.busy) return null
    const id = what !== null && this.#asked?.what === what ? this.#asked.id : commandId()
    this.busy = true
    this.refused = null
    this.#asked = null
    try {
      return await send(id)
    } catch (error) {
      this.refused = problemOf(error)
      if (this.refused.isUncertain && what !== null) this.#asked = { what, id }
      return null
    } finally {
      this.busy = false
    }
  }
}
