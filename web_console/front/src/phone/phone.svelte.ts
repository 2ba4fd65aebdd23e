/** What a leader's phone knows. Answers wait in the phone until the server has them, each under its own id. */
import type { PhoneSession } from '../lib/answers'
import { get, post, problemOf, signOut, type Problem } from '../lib/api'
import { itemsOf } from '../lib/feed'
import { commandId } from '../lib/ids'
import { Live } from '../lib/live.svelte'
import { now } from '../lib/now.svelte'
import { tables } from '../lib/tables.svelte'
import type { MyCall, Self } from '../lib/wire'
import { isGoing, noticesOf } from './calls'
import { ring } from './ring'

type Waiting = { id: string; person: string; path: string; body: Record<string, unknown> }
const KEPT = 'muster.phone.waiting'
const HEARD = 'muster.phone.heard'
const RETRY_MS = 3_000

/** What this browser kept; nothing, where it holds something else. */
function kept<T>(key: string): T[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(found) ? (found as T[]) : []
  } catch {
    return []
  }
}

class Phone {
  session = $state.raw<PhoneSession | null>(null)
  ready = $state(false)
  live = $state.raw<Live | null>(null)
  waiting = $state.raw<Waiting[]>(kept<Waiting>(KEPT))
  refused = $state.raw<Problem | null>(null)
  /** Whether the page is on a lit screen. */
  lit = $state(document.visibilityState === 'visible')
  /** A call whose answer the leader wants to give late, or to change. */
  reopened = $state<string | null>(null)
  heard = $state.raw<string[]>(kept<string>(HEARD))
  #sending = false
  #timer = 0

  #topic = $derived(this.live?.topic(this.session?.topics[0] ?? '') ?? null)
  isOld = $derived(this.live !== null && this.live.heardMs > 0 && this.live.isOld(now.ms))
  at = $derived(now.ms + (this.live?.offset ?? 0))
  self = $derived((this.#topic?.items.get('self') as Self | undefined) ?? null)
  calls = $derived(
    itemsOf<MyCall>(this.#topic, 'call')
      .filter((call) => call.state !== 'called_again')
      .sort((a, b) => b.asked_ms - a.asked_ms),
  )
  open = $derived(this.calls.filter((call) => call.state === 'open').sort((a, b) => (a.due_ms ?? 0) - (b.due_ms ?? 0)))
  going = $derived(this.calls.filter((call) => isGoing(call, this.at)))
  past = $derived(this.calls.filter((call) => call.state !== 'open' && !this.going.includes(call)))
  notices = $derived(noticesOf(this.past, this.at).filter((call) => !this.heard.includes(`${call.id}/${call.state}`)))
  /** What the screen is about: a call to answer, else the task in hand. */
  answering = $derived(this.open[0] ?? this.past.find((call) => call.id === this.reopened) ?? null)

  async begin(): Promise<void> {
    document.addEventListener('visibilitychange', () => (this.lit = document.visibilityState === 'visible'))
    window.addEventListener('online', () => void this.flush())
    try {
      await tables.load()
      this.enter(await get<PhoneSession>('/me/session'))
    } catch (error) {
      if (problemOf(error).status !== 401) this.refused = problemOf(error)
    }
    this.ready = true
  }

  enter(session: PhoneSession): void {
    this.live?.stop()
    window.clearInterval(this.#timer)
    this.refused = null
    this.session = session
    this.live = new Live('/me/feed', session.topics)
    this.live.start()
    this.#timer = window.setInterval(() => void this.flush(), RETRY_MS)
    void this.flush()
  }

  async leave(): Promise<void> {
    this.live?.stop()
    await signOut('/me/session')
    location.reload()
  }

  /** Open calls are on a lit screen. */
  seen(ids: string[]): void {
    if (this.live?.send({ type: 'seen', ids: ids.map((id) => `call/${id}`) })) ring.start()
  }

  async say(path: string, body: Record<string, unknown>): Promise<void> {
    ring.stop()
    this.reopened = null
    const timed = path.endsWith('/answer') || path.endsWith('/progress')
    const claimed = timed ? { claimed_at_ms: Math.round(Date.now() + (this.live?.offset ?? 0)) } : {}
    this.#keep([...this.waiting, { id: commandId(), person: this.session!.person.id, path, body: { ...body, ...claimed } }])
    await this.flush()
  }

  /** The last thing said of a call that the server does not have yet. */
  pending(call: string): Record<string, unknown> | null {
    return this.waiting.findLast((each) => each.path.startsWith(`/me/calls/${call}/`))?.body ?? null
  }

  /** A notice was read. */
  hear(call: MyCall): void {
    this.heard = [...this.heard.slice(-50), `${call.id}/${call.state}`]
    localStorage.setItem(HEARD, JSON.stringify(this.heard))
  }

  /** Send what waits, in order. A refusal ends a command; a lost connection leaves it where it is. */
  async flush(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        const problem = await post(next.path, next.body, next.id).then(() => null, problemOf)
        if (problem?.isUncertain || problem?.status === 401) break
        this.refused = problem
        const done = next.id
        this.#keep(this.waiting.filter((each) => each.id !== done))
      }
    } finally {
      this.#sending = false
    }
  }

  #next(): Waiting | undefined {
    return this.waiting.find((each) => each.person === this.session?.person.id)
  }

  #keep(waiting: Waiting[]): void {
    this.waiting = waiting
    localStorage.setItem(KEPT, JSON.stringify(waiting))
  }
}

export const phone = new Phone()
