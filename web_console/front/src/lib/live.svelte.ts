/** One socket that stays: it follows topics, resumes where it was, and says when its picture is old. */
import { apply, type Topic } from './feed'
import { now } from './now.svelte'
import { ROOT } from './root'
import type { DrillTime, ServerMessage } from './wire'

const BEAT_MS = 5_000
const OLD_MS = 12_000
/** A picture that changes faster than it can be looked at is drawn this often: thousands of rows are laid out anew each time. */
const DRAWN_MS = 250
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000]

/** A browser that cannot unpack is sent plain text. */
const PACKED = 'DecompressionStream' in globalThis ? { packed: true } : {}
const unpacked = (bytes: ArrayBuffer): Promise<string> => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()

export type LinkState = 'joining' | 'live' | 'lost' | 'signed_out' | 'gone'

export class Live {
  link = $state<LinkState>('joining')
  /** Only in a drill that people play. */
  drill = $state.raw<DrillTime | null>(null)
  #told = $state.raw({ offset: 0, atMs: 0 })
  heardMs = $state(0)
  topics = $state.raw<ReadonlyMap<string, Topic>>(new Map())
  /** What was heard; `topics` is what is drawn of it. */
  #held = new Map<string, Topic>()
  #undrawn = new Map<string, string[]>()
  #drawnMs = 0
  #drawing: number | undefined
  #socket: WebSocket | null = null
  #tries = 0
  #timers: number[] = []
  #closed = false

  constructor(
    private readonly path: string,
    private wanted: readonly string[] = [],
    private readonly changed: (topic: string, ids: readonly string[]) => void = () => {},
    /** Another realm's than the page's own: an exercise's page listens to the live one too. */
    private readonly root: string = ROOT,
  ) {}

  /** Server time minus ours, in ms. The time of a drill may stand, or run faster than ours. */
  get offset(): number {
    const rate = this.drill === null ? 1 : this.drill.running ? this.drill.speed : 0
    return this.#told.offset + (rate === 1 ? 0 : (now.ms - this.#told.atMs) * (rate - 1))
  }

  start(): void {
    this.#timers.push(window.setInterval(() => this.#pulse(), BEAT_MS))
    window.addEventListener('online', this.#hurry)
    document.addEventListener('visibilitychange', this.#hurry)
    this.#join()
  }

  stop(): void {
    this.#closed = true
    this.#timers.forEach(clearInterval)
    window.removeEventListener('online', this.#hurry)
    document.removeEventListener('visibilitychange', this.#hurry)
    window.clearTimeout(this.#drawing)
    this.#socket?.close()
  }

  /** Other topics than so far: what is no longer wanted is forgotten. */
  want(topics: readonly string[]): void {
    const [before, after] = [new Set(this.wanted), new Set(topics)]
    this.wanted = topics
    for (const name of before) if (!after.has(name)) this.#leave(name)
    if (this.link === 'live') topics.filter((name) => !before.has(name)).forEach((name) => this.#follow(name))
  }

  topic(name: string): Topic | null {
    return this.topics.get(name) ?? null
  }

  send(message: Record<string, unknown>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(message))
    return true
  }

  /** The picture is old when nothing was heard for 12 s (docs/socket.md). */
  isOld(now: number): boolean {
    return this.link !== 'live' || now - this.heardMs > OLD_MS
  }

  #hurry = (): void => {
    if (document.visibilityState === 'visible' && this.link === 'lost') this.#join()
    else if (this.#isHere()) this.send({ type: 'beat' })
  }

  /** A phone says so only with its page on a lit screen: that is what "awake" means to a planner. Desks and walls are always here. */
  #isHere(): boolean {
    return this.path !== '/me/feed' || document.visibilityState === 'visible'
  }

  #pulse(): void {
    if (this.#isHere()) this.send({ type: 'beat' })
    if (this.link === 'live' && Date.now() - this.heardMs > OLD_MS) this.#socket?.close()
  }

  #join(): void {
    if (this.#closed || (this.#socket && this.#socket.readyState <= WebSocket.OPEN)) return
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${location.host}${this.root}/api/v1${this.path}`)
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    let heard = Promise.resolve() // one after the other, also where one takes time to unpack
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      heard = heard.then(async () => {
        const text = typeof event.data === 'string' ? event.data : await unpacked(event.data)
        if (socket === this.#socket) this.#hear(JSON.parse(text) as ServerMessage)
      }).catch((error: unknown) => {
        console.error(error)
        socket.close()
      })
    }
    socket.onclose = (event) => this.#lose(event.code)
  }

  #lose(code: number): void {
    if (this.#closed) return
    if (code === 4401 || code === 4404) {
      this.link = code === 4401 ? 'signed_out' : 'gone' // nothing to come back to: it is said, and not asked for again
      return
    }
    this.link = 'lost'
    const wait = RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)]!
    window.setTimeout(() => this.#join(), wait * (0.75 + Math.random() / 2))
  }

  #hear(message: ServerMessage): void {
    this.heardMs = Date.now()
    if (message.type === 'hello') {
      this.#time(message)
      this.#tries = 0
      this.link = 'live'
      this.wanted.forEach((topic) => this.#follow(topic))
      if (this.#isHere()) this.send({ type: 'beat' })
    } else if (message.type === 'beat') this.#time(message)
    else if (message.type === 'snapshot' || message.type === 'diff') this.#take(message.topic, message)
  }

  #time(message: { now_ms: number; drill?: DrillTime }): void {
    const atMs = Date.now()
    this.drill = message.drill ?? null
    this.#told = { offset: message.now_ms - atMs, atMs }
  }

  #follow(topic: string): void {
    const held = this.#held.get(topic)
    const from = held ? { epoch: held.epoch, after: held.position } : {}
    this.send({ type: 'follow', topic, ...from, ...PACKED })
  }

  #leave(topic: string): void {
    this.#held.delete(topic)
    this.#undrawn.delete(topic)
    this.send({ type: 'leave', topic })
  }

  #take(name: string, message: ServerMessage): void {
    if (!this.wanted.includes(name)) return
    const { topic, refollow, changed } = apply(this.#held.get(name) ?? null, message)
    if (refollow) this.#follow(name)
    else if (topic) {
      this.#held.set(name, topic)
      this.#undrawn.set(name, [...(this.#undrawn.get(name) ?? []), ...changed])
      const wait = this.#drawnMs + DRAWN_MS - Date.now()
      if (wait <= 0 || wait > DRAWN_MS) this.#draw()
      else this.#drawing ??= window.setTimeout(() => this.#draw(), wait)
    }
  }

  #draw(): void {
    window.clearTimeout(this.#drawing)
    this.#drawing = undefined
    this.#drawnMs = Date.now()
    const undrawn = [...this.#undrawn]
    this.#undrawn.clear()
    this.topics = new Map(this.#held)
    for (const [name, changed] of undrawn) this.changed(name, [...new Set(changed)])
  }
}
