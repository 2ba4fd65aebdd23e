/** What was told at this desk while the network was away: kept through a power cut, marked 待发送, sent once when it is back. */
import type { Receipt } from '../lib/answers'
import { post, problemOf, type Problem } from '../lib/api'
import { commandId } from '../lib/ids'
import { Shelf } from '../lib/kept'
import { look } from '../lib/look.svelte'
import { now } from '../lib/now.svelte'
import { desk } from './desk.svelte'

/** One thing told. `officer`: in whose name, and nobody else's session sends it. `refused`: what the server said to it, in words. */
export type Told = { id: string; officer: string; path: string; body: Record<string, unknown>; said: string; at: number; refused: string }

const RETRY_MS = 3_000

class Outbox {
  rows = $state.raw<readonly Told[]>([])
  /** Whether what waits will survive the page. */
  isSafe = $state(true)
  mine = $derived(this.rows.filter((each) => each.officer === desk.session?.officer.id))
  waiting = $derived(this.mine.filter((each) => each.refused === ''))
  refused = $derived(this.mine.filter((each) => each.refused !== ''))
  #shelf = new Shelf<Told>('desk-outbox')
  #sending = false
  #triedMs = 0

  /** Called by the page for as long as it lives. */
  listen(): void {
    void this.#shelf.all().then((rows) => (this.rows = rows.map(([, told]) => told)))
    $effect(() => {
      if (desk.session && !desk.isOld && this.waiting.length > 0 && now.ms - this.#triedMs > RETRY_MS) void this.#send()
    })
  }

  async keep(told: Told): Promise<void> {
    this.isSafe = await this.#shelf.put(told.id, told)
    this.rows = [...this.rows.filter((each) => each.id !== told.id), told]
  }

  /** The officer has read why it was refused, or does not want it sent any more. */
  async drop(id: string): Promise<void> {
    await this.#shelf.drop(id)
    this.rows = this.rows.filter((each) => each.id !== id)
  }

  /** In the order they were told; another tab may send the same: it is the same command. */
  async #send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    this.#triedMs = Date.now()
    try {
      for (const told of this.waiting) {
        const problem = await sent(told)
        if (problem === null) await this.drop(told.id)
        else if (problem.isUncertain || problem.status === 401) return
        else await this.keep({ ...told, refused: problem.in(look.lang) })
      }
    } finally {
      this.#sending = false
    }
  }
}

async function sent(told: Told): Promise<Problem | null> {
  try {
    await post<Receipt>(told.path, told.body, told.id)
    return null
  } catch (error) {
    return problemOf(error)
  }
}

export const outbox = new Outbox()

/** A form's way to the server for what calls nobody: without a network it is kept, with the time at which it was learned. */
export class Posting {
  busy = $state(false)
  refused = $state.raw<Problem | null>(null)

  constructor(readonly said: () => string) {}

  /** Whether it is done or kept; else the words stand in `refused`. */
  async give(path: string, body: Record<string, unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.refused = null
    const at = Math.round(now.ms + (desk.live?.offset ?? 0))
    const told: Told = { id: commandId(), officer: desk.session?.officer.id ?? '', path, body: { learned_at_ms: at, ...body }, said: this.said(), at, refused: '' }
    const problem = desk.isOld ? 'kept' : await sent(told)
    if (problem === 'kept' || problem?.isUncertain) await outbox.keep(told)
    else this.refused = problem
    this.busy = false
    return this.refused === null
  }
}
