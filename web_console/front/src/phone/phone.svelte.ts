/** What a leader's phone knows. What is said on it goes through the queue. */
import type { PhoneSession } from '../lib/answers'
import { get, post, problemOf, signOut, type Problem } from '../lib/api'
import { itemsOf } from '../lib/feed'
import { Live } from '../lib/live.svelte'
import { now } from '../lib/now.svelte'
import { remember, remembered } from '../lib/remembered'
import type { Led } from '../lib/safety'
import { tables } from '../lib/tables.svelte'
import type { MyCall, Self } from '../lib/wire'
import { isGoing, noticesOf } from './calls'
import { dropDrafts } from './drafts'
import { keepPicture, lastPicture, wipePicture, type Last } from './last'
import { queue, type Said } from './queue.svelte'
import { dropWays } from './ways'

const HEARD = 'muster.phone.heard'
const AGAIN_MS = 3_000
/** So long something said may go without an answer before the page stops to call itself live. */
const DOUBT_MS = 3_000
/** What is heard so soon after the network was lost was still on its way. */
const ECHO_MS = 2_000

/** What this browser kept; nothing, where it holds something else. */
function kept<T>(key: string): T[] {
  try {
    const found: unknown = JSON.parse(remembered(key) ?? '[]')
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
  /** On an exercise's page: the live realm calls. */
  isReal = $state(false)
  /** A call whose answer the leader wants to give late, or to change. */
  reopened = $state<string | null>(null)
  /** The task whose code on a roll sheet was scanned, through a sign-in too, until it was shown. */
  wanted = $state<string | null>(null)
  heard = $state.raw<string[]>(kept<string>(HEARD))

  /** The picture of an earlier page, until the server is heard. */
  last = $state.raw<Last | null>(null)
  /** The code of a link that was opened to bind this phone; never kept. */
  code = $state<string | null>(null)

  /** When the browser said that there is no network; what is heard since shows that there is one. */
  #cutMs = $state(navigator.onLine ? null : Date.now())
  isCut = $derived(this.#cutMs !== null && (this.live?.heardMs ?? 0) < this.#cutMs + ECHO_MS)
  #heard = $derived(this.live?.topic(this.session?.topics[0] ?? '') ?? null)
  #topic = $derived(this.#heard ?? (this.last ? { epoch: '', position: 0, items: new Map(this.last.items), lists: new Map() } : null))
  /** When the picture is of, in server time; null while it is of now. */
  asOf = $derived(this.#heard === null ? (this.last?.at_ms ?? null) : this.live && (this.isCut || this.live.isOld(now.ms)) ? this.live.heardMs + this.live.offset : null)
  isOld = $derived(this.asOf !== null)
  at = $derived(now.ms + (this.live?.heardMs ? this.live.offset : (this.last?.offset ?? 0)))
  /** Something said has no answer yet, long enough to doubt the network: until it has one. A photo takes its time. */
  isDoubtful = $derived(queue.waiting.some((each) => !(each.body instanceof Blob) && this.at - each.claimed_at_ms > DOUBT_MS))
  self = $derived((this.#topic?.items.get('self') as Self | undefined) ?? this.session?.self ?? null)
  /** Whether this page is heard by the server. */
  isHeard = $derived(this.#heard !== null)
  calls = $derived(
    itemsOf<MyCall>(this.#topic, 'call')
      .filter((call) => call.state !== 'called_again')
      .sort((a, b) => b.asked_ms - a.asked_ms),
  )
  /** Tasks of the leader's own teams, led by others. */
  led = $derived(itemsOf<Led>(this.#topic, 'led'))
  open = $derived(this.calls.filter((call) => call.state === 'open').sort((a, b) => (a.due_ms ?? 0) - (b.due_ms ?? 0)))
  going = $derived(this.calls.filter((call) => isGoing(call, this.at)))
  past = $derived(this.calls.filter((call) => call.state !== 'open' && !this.going.includes(call)))
  notices = $derived(noticesOf(this.past, this.at).filter((call) => !this.heard.includes(`${call.id}/${call.state}`)))
  /** What the screen is about: a call to answer, else the task in hand. */
  answering = $derived(this.open[0] ?? this.past.find((call) => call.id === this.reopened) ?? null)
  task = $derived(this.going.find((call) => call.id === this.wanted) ?? this.going[0] ?? null)
  /** What was scanned is not in this leader's hands: another crew's, or over. */
  isElsewhere = $derived(this.#heard !== null && this.wanted !== null && this.task?.id !== this.wanted)

  async begin(): Promise<void> {
    document.addEventListener('visibilitychange', () => (this.lit = document.visibilityState === 'visible'))
    window.addEventListener('online', () => {
      this.#cutMs = null
      queue.hurry()
    })
    window.addEventListener('offline', () => (this.#cutMs = Date.now()))
    window.addEventListener('hashchange', () => codeOf(location.hash) !== null && location.reload()) // a link opened where this page is
    this.code = codeOf(location.hash)
    this.wanted = new URLSearchParams(location.search).get('call')
    history.replaceState(null, '', location.pathname)
    const session = get<PhoneSession>('/me/session') // before all else: each way there and back may take a second
    session.catch(() => undefined)
    if (this.code === null) this.#join()
    void this.#load()
    this.last = (await Promise.all([lastPicture(), queue.begin()]))[0]
    try {
      this.enter(await session)
    } catch (error) {
      const problem = problemOf(error)
      if (problem.status === 401) {
        this.live?.stop()
        this.live = null
        await this.wipe()
      } else if (this.last) this.#resume(this.last)
      else this.refused = problem
    }
    this.ready = true
  }

  /** The words of codes, from the server or as kept; asked for until they come. What needs none is shown meanwhile. */
  async #load(): Promise<void> {
    try {
      await tables.load()
    } catch {
      tables.tables ??= this.last?.tables ?? null
      if (tables.tables === null) window.setTimeout(() => void this.#load(), AGAIN_MS)
    }
  }

  /** Use the link: this phone is signed in from now on. */
  async bind(): Promise<void> {
    try {
      this.enter(await post<PhoneSession>('/me/session/link', { code: this.code }))
      this.code = null
    } catch (error) {
      this.refused = problemOf(error)
      if (!this.refused.isUncertain) this.code = null
    }
  }

  /** Without a network: as the last page left it. */
  #resume(last: Last): void {
    tables.tables = last.tables
    queue.offset = last.offset
    this.enter(last.session)
  }

  /** Keep what is needed to go on without a network: oneself and the tasks in hand, nothing else. */
  async keep(): Promise<void> {
    if (this.#heard === null || this.session === null || tables.tables === null) return
    const going = this.going.map((call): [string, unknown] => [`call/${call.id}`, call])
    const led = this.led.map((each): [string, unknown] => [`led/${each.id}`, each])
    const items: [string, unknown][] = [['self', this.self], ...going, ...led]
    const isOver = (call: string): boolean => !this.going.some((each) => each.id === call)
    void dropDrafts(isOver)
    void dropWays(isOver)
    for (const call of this.past) void queue.forget(`/me/calls/${call.id}/`)
    await keepPicture({ session: this.session, tables: tables.tables, items, at_ms: Math.round(this.at), offset: this.live?.offset ?? 0 })
  }

  /** Nobody is signed in here any more: signed out, taken off at a desk, erased, or run out. */
  async wipe(): Promise<void> {
    this.last = null
    await Promise.all([wipePicture(), dropDrafts(() => true), dropWays(() => true)])
  }

  enter(session: PhoneSession): void {
    if (this.session !== null || this.live === null) this.#join() // nobody was signed in when the last one was joined
    this.refused = null
    if (this.last?.session.person.id !== session.person.id) this.last = null
    this.session = session
    this.live?.want(session.topics)
    queue.sign(session.person.id)
  }

  #join(): void {
    this.live?.stop()
    this.live = new Live('/me/feed')
    this.live.start()
  }

  /** Without a network nobody is signed out: the page goes on, and says why. */
  async leave(): Promise<void> {
    try {
      await signOut('/me/session')
    } catch (error) {
      this.refused = problemOf(error)
      return
    }
    this.live?.stop()
    await this.wipe()
    await queue.forget('/')
    location.reload()
  }

  /** Open calls are on a lit screen. */
  seen(ids: string[]): void {
    this.live?.send({ type: 'seen', ids: ids.map((id) => `call/${id}`) })
  }

  /** Something is said: kept, sent in order, shown with its sign. */
  say(path: string, body: Record<string, unknown>): Said {
    this.reopened = null
    if (this.live?.heardMs) queue.offset = this.live.offset
    return queue.add(path, body)
  }

  /** A notice was read. */
  hear(call: MyCall): void {
    this.heard = [...this.heard.slice(-50), `${call.id}/${call.state}`]
    remember(HEARD, JSON.stringify(this.heard))
  }
}

/** The code in `/phone#k=…`: behind the hash, so that no server and no log ever sees it. */
function codeOf(hash: string): string | null {
  return /^#k=([a-z0-9-]{10,40})$/.exec(hash)?.[1] ?? null
}

export const phone = new Phone()
