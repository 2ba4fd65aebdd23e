/** What a leader's phone knows. What is said on it goes through the queue. */
import type { PhoneSession } from '../lib/answers'
import { get, problemOf, signOut, type Problem } from '../lib/api'
import { itemsOf } from '../lib/feed'
import { Live } from '../lib/live.svelte'
import { now } from '../lib/now.svelte'
import { tables } from '../lib/tables.svelte'
import type { MyCall, Self } from '../lib/wire'
import { isGoing, noticesOf } from './calls'
import { queue, type Said } from './queue.svelte'
import { ring } from './ring'

const HEARD = 'muster.phone.heard'

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
  refused = $state.raw<Problem | null>(null)
  /** Whether the page is on a lit screen. */
  lit = $state(document.visibilityState === 'visible')
  /** A call whose answer the leader wants to give late, or to change. */
  reopened = $state<string | null>(null)
  heard = $state.raw<string[]>(kept<string>(HEARD))

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
    window.addEventListener('online', () => queue.hurry())
    await queue.begin()
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
    this.refused = null
    this.session = session
    this.live = new Live('/me/feed', session.topics)
    this.live.start()
    queue.sign(session.person.id)
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

  /** Something is said: kept, sent in order, shown with its sign. */
  say(path: string, body: Record<string, unknown>): Said {
    ring.stop()
    this.reopened = null
    queue.offset = this.live?.offset ?? 0
    return queue.add(path, body)
  }

  /** A notice was read. */
  hear(call: MyCall): void {
    this.heard = [...this.heard.slice(-50), `${call.id}/${call.state}`]
    localStorage.setItem(HEARD, JSON.stringify(this.heard))
  }
}

export const phone = new Phone()
