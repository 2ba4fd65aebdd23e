/** What the trainer's page knows and has chosen: the drill as its topic has it, the city's board beside it. */
import type { DeskSession } from '../lib/answers'
import { get, problemOf, signOut, type Problem } from '../lib/api'
import { Past } from '../desk/past.svelte'
import { Doing } from '../lib/doing.svelte'
import { itemsOf } from '../lib/feed'
import { Live } from '../lib/live.svelte'
import { now } from '../lib/now.svelte'
import { tables } from '../lib/tables.svelte'
import type { Call, Incident } from '../lib/wire'
import { branching } from './branching.svelte'
import type { Crews, DrillState, Improvement, Inject, Objective, Player, Seat } from './wire'

/** The drill is there a minute before it begins. */
const BEFORE_MS = 60_000
const MAY = new Set(['trainer', 'observer'])
export type Tab = 'run' | 'wash' | 'library'
export type Panel = 'inject' | 'branches'

class Trainer {
  session = $state.raw<DeskSession | null>(null)
  ready = $state(false)
  live = $state.raw<Live | null>(null)
  fault = $state.raw<Problem | null>(null)
  tab = $state<Tab>('run')
  /** The number of the inject that was chosen; the next one while none was. */
  #chosen = $state<number | null>(null)
  panel = $state<Panel>('inject')
  sheet = $state<'stop' | 'end' | null>(null)
  doing = new Doing()
  /** The drill as it was, where that is looked at. */
  past = $state.raw<Past | null>(null)
  /** The post whose board is looked at in the past; the trainer's own while none was chosen. */
  post = $state('')

  /** The safety officer of an exercise looks on too, and may stop it. */
  may = $derived(MAY.has(this.session?.officer.role ?? '') || this.session?.plays?.follows === true)
  stops = $derived(this.session?.plays?.stops === true)
  looksOn = $derived(this.session?.officer.role !== 'trainer')
  acts = $derived(!this.looksOn && this.past === null)
  liveAt = $derived(now.ms + (this.live?.offset ?? 0))
  /** Its first picture is there: until then the page shows what it did. */
  #then = $derived(this.past?.topic('drill') ? this.past : null)
  at = $derived(this.#then?.atMs ?? this.liveAt)
  /** The moment that is shown, ms since 1970; null: now. */
  moment = $derived(this.past === null ? null : Math.round(this.past.atMs))
  isOld = $derived(this.live !== null && this.live.heardMs > 0 && this.live.isOld(now.ms))
  time = $derived(this.live?.drill ?? null)
  #feed = $derived(this.#then ?? this.live)
  #topic = $derived(this.#feed?.topic('drill') ?? null)
  #board = $derived(this.#feed?.topic(this.board) ?? null)
  state = $derived(itemsOf<DrillState>(this.#topic, 'state')[0] ?? null)
  injects = $derived(itemsOf<Inject>(this.#topic, 'inject').toSorted((a, b) => a.no - b.no))
  objectives = $derived(itemsOf<Objective>(this.#topic, 'objective').toSorted((a, b) => a.order - b.order))
  seats = $derived(itemsOf<Seat>(this.#topic, 'seat').toSorted((a, b) => a.post.length - b.post.length || a.post.localeCompare(b.post)))
  players = $derived(itemsOf<Player>(this.#topic, 'phone').toSorted((a, b) => Number(b.here) - Number(a.here) || a.person.localeCompare(b.person)))
  crews = $derived(itemsOf<Crews>(this.#topic, 'crews')[0] ?? null)
  improvements = $derived(itemsOf<Improvement>(this.#topic, 'improvement').toSorted((a, b) => Number(a.id) - Number(b.id)))
  incidents = $derived(itemsOf<Incident>(this.#board, 'incident').toSorted((a, b) => a.severity - b.severity || b.entered_ms - a.entered_ms))
  next = $derived(this.injects.find((each) => each.no === this.state?.next) ?? null)
  inject = $derived(this.injects.find((each) => each.no === this.#chosen) ?? this.next ?? this.injects[0] ?? null)
  begin = $derived(this.state?.begin_ms ?? 0)
  isOver = $derived(this.state?.over_ms != null)
  calls = $derived(itemsOf<Call>(this.#board, 'call'))

  async begins(): Promise<void> {
    try {
      await tables.load()
      this.enter(await get<DeskSession>('/session'))
    } catch (error) {
      if (problemOf(error).status !== 401) this.fault = problemOf(error)
    }
    this.ready = true
  }

  enter(session: DeskSession): void {
    this.live?.stop()
    this.session = session
    if (!this.may) return
    this.live = new Live('/feed', session.realm.drill ? ['drill', ...session.topics] : [])
    this.live.start()
  }

  get board(): string {
    return this.past === null || this.post === '' ? (this.session?.topics[0] ?? '') : `board/${this.post}/duty`
  }

  /** From its first minute to now: nothing can be done there. */
  lookBack(): void {
    const begin = this.begin - BEFORE_MS
    this.past = new Past(null, Math.max(this.liveAt, begin + 1), begin)
    this.past.want(['drill', this.board])
    void this.past.begin()
  }

  /** What happened to a team, or what a post saw; neither: all of it. */
  follow(team: string, post: string): void {
    this.post = post
    this.past?.want(['drill', this.board])
    void this.past?.follow(team)
  }

  lookNow(): void {
    this.past?.end()
    this.past = null
    this.post = ''
  }

  async leave(): Promise<void> {
    this.live?.stop()
    await signOut('/session')
    location.reload()
  }

  choose(no: number): void {
    this.#chosen = no
    this.panel = 'inject'
  }

  clock(body: { running?: boolean; speed?: number; step?: 'due' | 'inject' }): Promise<unknown> {
    return this.doing.give('/drill/clock', body)
  }

  async act(inject: Inject, what: 'release' | 'hold' | 'skip'): Promise<void> {
    await this.doing.give(`/drill/injects/${inject.no}/${what}`)
  }

  /** Keys of the page, outside fields: whether one was for it. */
  key(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || this.sheet !== null || this.tab !== 'run') return false
    if (target.closest('input, textarea, select') || (event.key === ' ' && target.closest('button, summary, a'))) return false
    if (event.key.toLowerCase() === 'f') {
      this.panel = 'branches'
      void branching.begin(this.moment)
      return true
    }
    if (this.past !== null) return false
    const isLive = this.state?.way === 'live' // its clock is nobody's
    if (isLive && (event.key === ' ' || event.key === '.')) return false
    if (event.key.toLowerCase() === 'b') this.lookBack()
    else if (!this.acts || this.isOver) return false
    else if (event.key === ' ') void this.clock({ running: !this.time?.running })
    else if (event.key === '.') void this.clock({ step: 'due' })
    else if (event.key.toLowerCase() === 'r' && this.next) void this.act(this.next, 'release')
    else if (event.key.toLowerCase() === 'h' && this.next) void this.act(this.next, 'hold')
    else return false
    return true
  }
}

export const trainer = new Trainer()
