/** A report while it is being taken: what was typed, what the server says of the place, what will be sent. */
import type { Located, Proposal } from '../lib/answers'
import { post, problemOf } from '../lib/api'
import { commandId } from '../lib/ids'
import { tables } from '../lib/tables.svelte'
import { parseCorners } from '../lib/typed'
import { mostOf, needsToSend, type NeedRow } from './needs'
import { Spot } from './spot.svelte'

export type Severity = 1 | 2 | 3 | 4
/** Who outside may know of it. */
export const SERVICES = ['110', '119', '120'] as const
const LEAST_CORNERS = 3
const LEAST_DIGITS = 7

const KEPT = ['coordinates', 'crs', 'township', 'category', 'severity', 'source', 'caller', 'phone', 'words', 'address', 'isPrivate', 'happened', 'learned', 'cornersCrs'] as const
/** What was typed so far, as it is kept through a reload. */
export type Draft = { started: number; placeText: string; typed: Record<string, unknown>; needs: NeedRow[]; corners: [number, number][]; informed: string[]; located: Located | null; category: string }

export class Report extends Spot {
  /** Names this report among those that are begun. */
  readonly id = commandId()
  informed = $state<string[]>([])
  category = $state('')
  severity = $state<Severity>(4)
  proposal = $state.raw<Proposal | null>(null)
  needs = $state<NeedRow[]>([])
  source = $state('phone')
  caller = $state('')
  phone = $state('')
  words = $state('')
  happened = $state(0)
  learned = $state(0)
  drawing = $state(false)
  corners = $state.raw<[number, number][]>([])
  /** The datum of the corners: those drawn are of the map. */
  cornersCrs = $state('wgs84')

  isReady = $derived(this.located !== null && this.category !== '' && !this.drawing)
  hasArea = $derived(this.corners.length >= LEAST_CORNERS)
  /** A typed area in another datum wants its point in that datum too. */
  isMixed = $derived(this.hasArea && this.cornersCrs !== 'wgs84' && this.cornersCrs !== this.crs)
  most = $derived(mostOf(this.needs))
  isBeyond = $derived(this.proposal !== null && this.most > this.proposal.most_people)

  constructor(readonly started: number) {
    super()
    this.happened = this.learned = started
  }

  protected override async found(): Promise<void> {
    await this.propose()
  }

  async choose(category: string): Promise<void> {
    this.category = category
    this.severity = tables.category(category)?.severity ?? 4
    this.needs = []
    await this.propose()
  }

  /** What it needs, and what may be the same: as soon as the place or the number is known. */
  async propose(): Promise<void> {
    const isNumber = this.phone.replace(/\D/g, '').length >= LEAST_DIGITS
    if (!this.located && !isNumber) return
    try {
      const found = await post<Proposal>('/proposal', { category: this.category, phone: isNumber ? this.phone : '', ...(this.located ? { place: this.#point(this.located) } : {}) })
      this.proposal = found
      if (this.needs.length === 0)
        this.needs = found.needs.map(({ by_min, ...need }) => ({ ...need, by_ms: this.learned + by_min * 60_000 }))
    } catch (error) {
      this.fault = problemOf(error)
    }
  }

  #point(located: Located): Record<string, unknown> {
    return located.only ? { division: located.only } : { lon: located.lon, lat: located.lat }
  }

  get isTouched(): boolean {
    return [this.coordinates, this.category, this.caller, this.phone, this.words, this.address].some((text) => text.trim() !== '') || this.corners.length > 0
  }

  get draft(): Draft {
    return {
      started: this.started, placeText: this.coordinates, category: this.category, located: this.located, needs: $state.snapshot(this.needs),
      corners: this.corners, informed: $state.snapshot(this.informed), typed: Object.fromEntries(KEPT.map((name) => [name, this[name]])),
    }
  }

  restore(draft: Draft): void {
    Object.assign(this, draft.typed, { needs: draft.needs, corners: draft.corners, informed: draft.informed, located: draft.located })
    this.isAsTyped()
    void this.propose()
  }

  /** When the desk learned it was corrected: what is due runs from there. */
  setLearned(ms: number): void {
    for (const need of this.needs) if (need.by_ms !== null) need.by_ms += ms - this.learned
    this.learned = ms
    this.happened = Math.min(this.happened, ms)
  }

  addCorner(lon: number, lat: number): void {
    this.cornersCrs = 'wgs84'
    this.corners = [...this.corners, [lon, lat]]
  }

  dropCorner(): void {
    this.corners = this.corners.slice(0, -1)
  }

  startDrawing(): void {
    this.corners = []
    this.drawing = true
  }

  /** With no place chosen yet the middle of the area stands for it. */
  async finishDrawing(): Promise<void> {
    if (!this.hasArea) return
    this.drawing = false
    this.isPrivate = false
    if (this.located === null) await this.pick(...this.#middle())
  }

  dropArea(): void {
    this.drawing = false
    this.corners = []
  }

  /** Corners as typed; answers the line that is none, or null. */
  async typeCorners(text: string): Promise<number | null> {
    const { corners, badLine } = parseCorners(text)
    if (badLine !== null) return badLine
    this.corners = corners
    this.cornersCrs = this.crs
    if (this.located === null && this.hasArea) {
      this.coordinates = this.#middle().join(', ')
      await this.locate()
    }
    return null
  }

  body(order: boolean): Record<string, unknown> {
    return {
      category: this.category,
      severity: this.severity,
      place: this.#place(),
      report: { caller: this.caller, phone: this.phone, words: this.words, source: this.source, informed: [...this.informed].sort() },
      happened_at_ms: this.happened,
      learned_at_ms: this.learned,
      needs: needsToSend(this.needs),
      verify: order,
      order,
    }
  }

  #place(): Record<string, unknown> {
    const typed = this.hasArea && this.cornersCrs !== 'wgs84' ? this.pair : null
    return this.place(this.hasArea ? this.corners : [], typed && { lon: typed.lon, lat: typed.lat, crs: this.cornersCrs })
  }

  #middle(): [number, number] {
    const mean = (i: 0 | 1) => this.corners.reduce((sum, at) => sum + at[i], 0) / this.corners.length
    return [Number(mean(0).toFixed(6)), Number(mean(1).toFixed(6))]
  }
}
