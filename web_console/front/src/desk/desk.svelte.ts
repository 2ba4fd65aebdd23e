/** What this desk knows and has chosen. One topic, of the officer's own post; a tier below is a filter of it. */
import { get, post, problemOf, signOut, type Problem } from '../lib/api'
import { itemsOf } from '../lib/feed'
import { commandId } from '../lib/ids'
import { Live } from '../lib/live.svelte'
import { tables } from '../lib/tables.svelte'
import type { Call, DeskSession, Incident, Line, Receipt, Team } from '../lib/wire'

export const OPEN = new Set(['reported', 'verified', 'acting', 'stabilised', 'demobilising'])

/** What is still missing to the minimum, in people. */
export const shortOf = (incident: Incident): number =>
  incident.needs.reduce((sum, need) => sum + Math.max(0, need.minimum - need.promised), 0)

class Desk {
  session = $state.raw<DeskSession | null>(null)
  ready = $state(false)
  live = $state.raw<Live | null>(null)
  chosen = $state<string | null>(null)
  post = $state('')
  raising = $state(false)
  point = $state.raw<{ lon: number; lat: number } | null>(null)
  busy = $state(false)
  refused = $state.raw<Problem | null>(null)

  #topic = $derived(this.live?.topic(this.session?.topics[0] ?? '') ?? null)
  everyIncident = $derived(itemsOf<Incident>(this.#topic, 'incident'))
  incidents = $derived(
    this.everyIncident
      .filter((each) => each.path.some((step) => step.code.startsWith(this.post)))
      .sort((a, b) => a.severity - b.severity || b.entered_ms - a.entered_ms),
  )
  open = $derived(this.incidents.filter((each) => OPEN.has(each.stage)))
  ended = $derived(this.incidents.filter((each) => !OPEN.has(each.stage)))
  incident = $derived(this.everyIncident.find((each) => each.id === this.chosen) ?? null)
  calls = $derived(itemsOf<Call>(this.#topic, 'call'))
  teams = $derived(itemsOf<Team>(this.#topic, 'team'))
  lines = $derived(
    itemsOf<Line>(this.#topic, 'line')
      .filter((line) => this.chosen === null || line.incident === this.chosen)
      .sort((a, b) => b.position - a.position),
  )

  async begin(): Promise<void> {
    await tables.load()
    try {
      this.enter(await get<DeskSession>('/session'))
    } catch (error) {
      if (problemOf(error).status !== 401) this.refused = problemOf(error)
    }
    this.ready = true
  }

  enter(session: DeskSession): void {
    this.session = session
    this.post = session.officer.post.division
    this.live = new Live('/feed', session.topics)
    this.live.start()
  }

  async leave(): Promise<void> {
    this.live?.stop()
    await signOut('/session')
    location.reload()
  }

  openOf(division: string): number {
    return this.everyIncident.filter((i) => OPEN.has(i.stage) && i.path.some((p) => p.code.startsWith(division))).length
  }

  callsOf(incident: string): Call[] {
    return this.calls.filter((call) => call.incident === incident).sort((a, b) => a.distance_m - b.distance_m)
  }

  startRaising(): void {
    this.raising = true
    this.point = null
  }

  stopRaising(): void {
    this.raising = false
    this.point = null
  }

  /** A change, under one id. Answers the receipt, or null when it was refused (the refusal then stands on the screen). */
  async act<T extends Receipt>(path: string, body: unknown = {}): Promise<T | null> {
    const id = commandId()
    this.busy = true
    this.refused = null
    try {
      return await post<T>(path, body, id)
    } catch (error) {
      this.refused = problemOf(error)
      return null
    } finally {
      this.busy = false
    }
  }
}

export const desk = new Desk()
