/** What a leader's phone knows. Answers wait in the phone until the server has them, each under its own id. */
import { get, post, problemOf, signOut, type Problem } from '../lib/api'
import { itemsOf } from '../lib/feed'
import { commandId } from '../lib/ids'
import { Live } from '../lib/live.svelte'
import { tables } from '../lib/tables.svelte'
import type { MyCall, PhoneSession, Self } from '../lib/wire'
import { ring } from './ring'

type Waiting = { id: string; person: string; path: string; body: Record<string, unknown> }
const KEPT = 'muster.phone.waiting'
const GOING = new Set(['accepted', 'later', 'standby', 'set_out', 'arrived'])

class Phone {
  session = $state.raw<PhoneSession | null>(null)
  ready = $state(false)
  live = $state.raw<Live | null>(null)
  waiting = $state.raw<Waiting[]>(JSON.parse(localStorage.getItem(KEPT) ?? '[]') as Waiting[])
  refused = $state.raw<Problem | null>(null)
  #sending = false

  #topic = $derived(this.live?.topic(this.session?.topics[0] ?? '') ?? null)
  self = $derived(itemsOf<Self>(this.#topic, 'self')[0] ?? (this.#topic?.items.get('self') as Self | undefined) ?? null)
  calls = $derived(itemsOf<MyCall>(this.#topic, 'call').sort((a, b) => b.asked_ms - a.asked_ms))
  open = $derived(this.calls.filter((call) => call.state === 'open'))
  going = $derived(this.calls.filter((call) => GOING.has(call.state)))
  past = $derived(this.calls.filter((call) => call.state !== 'open' && !GOING.has(call.state)))

  async begin(): Promise<void> {
    try {
      await tables.load()
      this.enter(await get<PhoneSession>('/me/session'))
    } catch (error) {
      if (problemOf(error).status !== 401) this.refused = problemOf(error)
    }
    this.ready = true
  }

  enter(session: PhoneSession): void {
    this.session = session
    this.live = new Live('/me/feed', session.topics)
    this.live.start()
    window.setInterval(() => void this.flush(), 3_000)
    window.addEventListener('online', () => void this.flush())
  }

  async leave(): Promise<void> {
    this.live?.stop()
    await signOut('/me/session')
    location.reload()
  }

  /** Called when open calls are on a lit screen. */
  seen(ids: string[]): void {
    if (document.visibilityState !== 'visible') return
    if (this.live?.send({ type: 'seen', ids: ids.map((id) => `call/${id}`) })) ring.start()
  }

  async say(path: string, body: Record<string, unknown>): Promise<void> {
    ring.stop()
    const at = Math.round(Date.now() + (this.live?.offset ?? 0))
    const claimed = path.includes('/calls/') ? { claimed_at_ms: at } : {}
    this.#keep([...this.waiting, { id: commandId(), person: this.session!.person.id, path, body: { ...body, ...claimed } }])
    await this.flush()
  }

  /** Send what waits, in order. A refusal ends a command; a lost connection leaves it where it is. */
  async flush(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        const problem = await post(next.path, next.body, next.id).then(() => null, problemOf)
        if (problem && (problem.status === 0 || problem.status >= 500)) break
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
