/**
 * What a leader said on this phone: kept before it is sent, sent in order and once, and never lost in silence.
 *
 * Everything said goes through `add` and shows one of three signs: 已送达, 待发送, or 未被接受 with the reason. A command has its
 * id and the time it was made from the first moment, so that asking again, also from a second tab, is the same command.
 */
import type { Receipt } from '../lib/answers'
import { post, postBytes, problemOf, type Problem } from '../lib/api'
import { commandId } from '../lib/ids'
import { Shelf } from '../lib/kept'

type Body = Record<string, unknown>

/** `what`: what was said, as a code for the screen. A body goes as soon as the server has it. */
export type Said = {
  id: string
  no: number
  person: string
  path: string
  what: string
  claimed_at_ms: number
  state: 'waiting' | 'sent' | 'refused'
  body: Body | Blob | null
  reason: { code: string; zh: string; en: string } | null
}

const SENT_SHOWN_MS = 12 * 3_600_000
const SAME_TAP_MS = 1_500
const RETRY_MS = [3_000, 3_000, 6_000, 12_000, 30_000]
const LOCK = 'muster.phone.queue'
/** Where answers waited before there was a shelf: an upgrade takes them along. */
const BEFORE = 'muster.phone.waiting'

export class Queue {
  items = $state.raw<readonly Said[]>([])
  /** Whether what is said here outlives the page. */
  isSafe = $state(true)
  /** The person it speaks for; nothing of anybody else is shown or sent. */
  person = $state<string | null>(null)
  /** The server asks to sign in before it takes more. */
  isLocked = $state(false)
  /** Server time minus this phone's, as last heard: a claim is in server time as far as the phone can know. */
  offset = 0
  mine = $derived(this.items.filter((each) => each.person === this.person))
  waiting = $derived(this.mine.filter((each) => each.state === 'waiting'))
  refused = $derived(this.mine.filter((each) => each.state === 'refused'))

  #shelf: Shelf<Said>
  #unsaved = new Map<string, Said>()
  #gone = new Set<string>()
  #last: { what: string; at: number; said: Said } | null = null
  #sending = false
  #again = false
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly send: (said: Said) => Promise<Receipt> = toServer,
    shelf: Shelf<Said> = new Shelf<Said>('phone.queue'),
  ) {
    this.#shelf = shelf
  }

  /** What earlier pages left. Once, before anything is shown. */
  async begin(): Promise<void> {
    await this.#read()
    for (const old of waitingBefore()) await this.#put({ ...old, no: this.#next() })
    if (this.#shelf.isSafe) forgetBefore()
    this.isSafe = this.#shelf.isSafe
  }

  /** Somebody is signed in: what waits for them goes out. */
  sign(person: string | null): void {
    this.person = person
    this.isLocked = false
    this.hurry()
  }

  /** Say something. It is kept first; a second tap within a moment is the same saying. */
  add(path: string, body: Body): Said {
    const made = Math.round(Date.now() + this.offset)
    return this.#add(path, { ...body, claimed_at_ms: made }, made, path + JSON.stringify(body), String(body['answer'] ?? body['did'] ?? body['receipt'] ?? lastOf(path)))
  }

  /** Bytes, such as a photo: they wait in order with everything else. */
  addBytes(path: string, bytes: Blob): Said {
    return this.#add(path, bytes, Math.round(Date.now() + this.offset), null, lastOf(path))
  }

  /** What was said under this path, oldest first. */
  of(path: string): Said[] {
    return this.mine.filter((each) => each.path.startsWith(path))
  }

  /** The last thing said under this path that the server does not have yet. */
  pending(path: string): Said | null {
    return this.waiting.findLast((each) => each.path.startsWith(path)) ?? null
  }

  /** A refusal, or a sign, was read. */
  async dismiss(id: string): Promise<void> {
    const known = this.items.find((each) => each.id === id)
    if (known && known.state !== 'waiting') await this.#drop(known)
  }

  /** The task is over or the person is gone: what was said of it leaves this phone, except what nobody has heard yet. */
  async forget(path: string): Promise<void> {
    for (const each of this.of(path)) if (each.state === 'sent') await this.#drop(each)
  }

  /** There is a network again, or somebody wants to know now. */
  hurry(): void {
    this.#tries = 0
    void this.flush()
  }

  /** Send what waits, in order and one at a time. One tab does it, where the browser can tell. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#sending) {
      this.#again = true
      return
    }
    this.#sending = true
    try {
      do {
        this.#again = false
        if (!(await alone(() => this.#sendAll()))) await this.#read()
      } while (this.#again)
    } finally {
      this.#sending = false
      if (this.waiting.length > 0 && !this.isLocked)
        this.#timer = setTimeout(() => void this.flush(), RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)])
    }
  }

  async #sendAll(): Promise<void> {
    await this.#read()
    for (let next = this.waiting[0]; next && !this.isLocked; next = this.waiting[0]) {
      const problem = await this.send(next).then((receipt) => (receipt.command_id === next.id ? null : lost), problemOf)
      if (problem === null) await this.#put({ ...next, state: 'sent', body: null })
      else if (problem.status === 401) this.isLocked = true
      else if (isRefusal(problem)) await this.#put({ ...next, state: 'refused', body: null, reason: { code: problem.code, zh: problem.zh, en: problem.en } })
      else return
      this.#tries = 0
    }
  }

  #add(path: string, body: Body | Blob, made: number, tap: string | null, what: string): Said {
    if (this.person === null) throw new Error('nobody is signed in')
    if (tap !== null && this.#last?.what === tap && performance.now() - this.#last.at < SAME_TAP_MS) return this.#last.said
    const said: Said = {
      id: commandId(), no: this.#next(), person: this.person, path, what, claimed_at_ms: made, state: 'waiting', body, reason: null,
    }
    if (tap !== null) this.#last = { what: tap, at: performance.now(), said }
    void this.#put(said).then(() => this.hurry())
    return said
  }

  async #put(said: Said): Promise<void> {
    this.#unsaved.set(said.id, said)
    this.items = inOrder([...this.items.filter((each) => each.id !== said.id), said])
    await this.#shelf.put(keyOf(said), said)
    this.isSafe = this.#shelf.isSafe
    if (this.#unsaved.get(said.id) === said) this.#unsaved.delete(said.id)
  }

  async #drop(said: Said): Promise<void> {
    this.#gone.add(said.id)
    this.items = this.items.filter((each) => each.id !== said.id)
    await this.#shelf.drop(keyOf(said))
  }

  /** The shelf as it is, which another tab may have changed, with what this page is still writing. */
  async #read(): Promise<void> {
    const found = new Map((await this.#shelf.all()).map(([, said]) => [said.id, said]))
    for (const said of this.#unsaved.values()) found.set(said.id, said)
    for (const id of this.#gone) found.delete(id)
    const now = Date.now() + this.offset
    const old = [...found.values()].filter((each) => each.state === 'sent' && now - each.claimed_at_ms > SENT_SHOWN_MS)
    this.items = inOrder([...found.values()].filter((each) => !old.includes(each)))
    for (const each of old) await this.#shelf.drop(keyOf(each))
  }

  #next(): number {
    return Math.max(0, ...this.items.map((each) => each.no)) + 1
  }
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const keyOf = (said: Said): string => `${String(said.no).padStart(9, '0')}/${said.id}`
const inOrder = (items: Said[]): Said[] => items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
/** An answer that is not the server's, such as the page of a hotel's network, is no answer. */
const lost: Pick<Problem, 'status' | 'code' | 'zh' | 'en'> = { status: 0, code: 'net.lost', zh: '', en: '' }

/** The server itself refuses, in its own words; what a proxy says, or "not now", is asked again. */
function isRefusal(problem: Pick<Problem, 'status' | 'code'>): boolean {
  return problem.status >= 400 && problem.status < 500 && problem.status !== 429 && problem.code !== 'http'
}

async function toServer(said: Said): Promise<Receipt> {
  return said.body instanceof Blob ? postBytes<Receipt>(said.path, said.body, said.id) : post<Receipt>(said.path, said.body, said.id)
}

/** While no other tab does it; whether it was done. Without locks both may send, which the command ids make harmless. */
async function alone(work: () => Promise<void>): Promise<boolean> {
  if (!globalThis.navigator?.locks) return work().then(() => true)
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work()
    return lock !== null
  })
}

function waitingBefore(): Said[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(BEFORE) ?? '[]')
    if (!Array.isArray(found)) return []
    return (found as { id: string; person: string; path: string; body: Body }[]).map((each) => ({
      id: each.id, no: 0, person: each.person, path: each.path, what: String(each.body['answer'] ?? each.body['did'] ?? lastOf(each.path)),
      claimed_at_ms: Number(each.body['claimed_at_ms'] ?? Date.now()), state: 'waiting', body: each.body, reason: null,
    }))
  } catch {
    return []
  }
}

function forgetBefore(): void {
  try {
    localStorage.removeItem(BEFORE)
  } catch {
    // storage is forbidden: there was nothing in it
  }
}

export const queue = new Queue()
