/** A replay: the board as it was, at a time that plays, is dragged or stepped along. Asked for by HTTP; folded by the feed's own reducer. */
import { get, problemOf, type Problem } from '../lib/api'
import { apply, type Topic } from '../lib/feed'
import { commandId } from '../lib/ids'
import type { Line } from '../lib/wire'

export type Mark = readonly [position: number, atMs: number]
export type Span = { incident: string | null; first: number; last: number; from_ms: number; to_ms: number; marks: readonly Mark[]; moments: readonly Line[]; left: number }
type Shown = { whole: boolean; put: Record<string, unknown>; drop: string[] }
type Picture = { position: number; at_ms: number; head: number; stamp: number; epoch: string; topics: Record<string, Shown> }
type Place = { position: number; atMs: number } | { position: null; atMs: number }

export const RATES = [1, 10, 60, 300, 1000] as const
export type Rate = (typeof RATES)[number]
const TICK_MS = 250
const AGAIN_MS = 1_000
const DAY_MS = 86_400_000

/** What was shown before, with an answer. Its position may go back: a replay is not the feed. */
export function shownAfter(held: Topic | null, name: string, shown: Shown, at: { epoch: string; position: number }): Topic | null {
  const { topic } = shown.whole || held === null
    ? apply(null, { type: 'snapshot', topic: name, epoch: at.epoch, position: at.position, items: shown.put })
    : apply(held, { type: 'diff', topic: name, epoch: held.epoch, from: held.position, position: held.position, put: shown.put, drop: shown.drop })
  return topic && { ...topic, epoch: at.epoch, position: at.position }
}

/** The mark one step along from where one stands; null at the end. */
export function nextMark(marks: readonly Mark[], position: number, step: 1 | -1): Mark | null {
  return (step > 0 ? marks.find((each) => each[0] > position) : marks.findLast((each) => each[0] < position)) ?? null
}

export class Past {
  span = $state.raw<Span | null>(null)
  /** Parts of the past that are still being made ready. */
  left = $state(0)
  atMs = $state(0)
  position = $state(0)
  rate = $state<Rate>(60)
  isBack = $state(false)
  isPlaying = $state(false)
  fault = $state.raw<Problem | null>(null)
  /** The team that is followed, and where something happened to it. */
  team = $state('')
  topics = $state.raw<ReadonlyMap<string, Topic>>(new Map())
  #marks = $state.raw<readonly Mark[] | null>(null)
  #wanted: readonly string[] = []
  #page = commandId()
  #stamp = 0
  /** Where one stands, as it was asked for; and what is to be asked next. */
  #at: Place | null = null
  #next: Place | null = null
  #isAsking = false
  #isOver = false
  #ticking: number | undefined
  #waiting: number | undefined
  #tickedMs = 0

  /** Of an incident, or of a time: the day up to it where no beginning is given. */
  constructor(
    readonly incident: string | null,
    private readonly nowMs: number,
    private readonly fromMs: number = nowMs - DAY_MS,
  ) {}

  async begin(): Promise<void> {
    const query = this.incident === null ? `from_ms=${Math.round(this.fromMs)}&to_ms=${Math.round(this.nowMs)}` : `incident=${encodeURIComponent(this.incident)}`
    try {
      const span = await get<Span>(`/replay?${query}`)
      if (this.#isOver) return
      this.left = span.left
      if (span.left > 0) return void (this.#waiting = window.setTimeout(() => void this.begin(), AGAIN_MS))
      this.span = span
      if (this.incident === null) this.seek(span.from_ms)
      else this.go([span.first, span.from_ms])
    } catch (error) {
      this.fault = problemOf(error)
    }
  }

  end(): void {
    this.#isOver = true
    this.pause()
    window.clearTimeout(this.#waiting)
  }

  topic(name: string): Topic | null {
    return this.topics.get(name) ?? null
  }

  /** Other topics than so far: they are asked for where one stands. */
  want(topics: readonly string[]): void {
    if (topics.join() === this.#wanted.join()) return
    this.#wanted = topics
    if (this.#at !== null) this.#ask(this.#next ?? this.#at)
  }

  seek(atMs: number): void {
    if (this.span === null) return
    this.atMs = Math.round(Math.min(Math.max(atMs, this.span.from_ms), this.span.to_ms))
    this.#ask({ position: null, atMs: this.atMs })
  }

  go([position, atMs]: Mark): void {
    this.atMs = atMs
    this.#ask({ position, atMs })
  }

  /** One event on, or back: of the team that is followed, of the incident, or any. */
  step(step: 1 | -1): void {
    if (this.span === null) return
    this.pause()
    const marks = this.#marks ?? this.span.marks
    if (marks.length === 0) return this.#ask({ position: Math.min(Math.max(this.position + step, this.span.first), this.span.last), atMs: -1 })
    const mark = nextMark(marks, this.position, step)
    if (mark) this.go(mark)
  }

  turn(): void {
    if (this.isPlaying) this.pause()
    else this.play()
  }

  play(): void {
    if (this.span === null) return
    const end = this.isBack ? this.span.from_ms : this.span.to_ms
    if (this.atMs === end) this.seek(this.isBack ? this.span.to_ms : this.span.from_ms)
    this.isPlaying = true
    this.#tickedMs = performance.now()
    this.#ticking ??= window.setInterval(() => this.#tick(), TICK_MS)
  }

  pause(): void {
    this.isPlaying = false
    window.clearInterval(this.#ticking)
    this.#ticking = undefined
  }

  async follow(team: string): Promise<void> {
    this.team = team
    this.#marks = null
    if (team === '' || this.span === null) return
    try {
      const marks = await get<Mark[]>(`/replay/teams/${encodeURIComponent(team)}?first=${this.span.first}&last=${this.span.last}`)
      if (this.team === team) this.#marks = marks
    } catch (error) {
      this.fault = problemOf(error)
    }
  }

  #tick(): void {
    const [span, at] = [this.span, performance.now()]
    if (span === null) return
    const on = (at - this.#tickedMs) * this.rate
    this.#tickedMs = at
    this.seek(this.atMs + (this.isBack ? -on : on))
    if (this.atMs === (this.isBack ? span.from_ms : span.to_ms)) this.pause()
  }

  /** One question at a time; of those that come meanwhile the last. */
  #ask(place: Place): void {
    this.#next = this.#at = place
    if (!this.#isAsking) void this.#answer()
  }

  async #answer(): Promise<void> {
    this.#isAsking = true
    while (this.#next !== null && !this.#isOver && this.#wanted.length > 0) {
      const place = this.#next
      this.#next = null
      try {
        this.#take(await get<Picture>(this.#path(place)), place)
        this.fault = null
      } catch (error) {
        this.fault = problemOf(error)
        this.pause()
      }
    }
    this.#isAsking = false
  }

  #path(place: Place): string {
    const where = place.position === null ? `at_ms=${place.atMs}` : `position=${place.position}`
    const topics = this.#wanted.map((each) => `topic=${encodeURIComponent(each)}`).join('&')
    return `/replay/picture?page=${this.#page}&${where}&${topics}&held=${this.#stamp}${this.incident === null ? '' : `&incident=${encodeURIComponent(this.incident)}`}`
  }

  #take(picture: Picture, place: Place): void {
    this.#stamp = picture.stamp
    this.position = picture.position
    if (place.atMs < 0) this.atMs = picture.at_ms
    this.topics = new Map(
      Object.entries(picture.topics).flatMap(([name, shown]) => {
        const topic = shownAfter(this.topics.get(name) ?? null, name, shown, picture)
        return topic === null ? [] : [[name, topic] as const]
      }),
    )
  }
}
