/** A report while it is being taken: what was typed, what the server says of the place, what will be sent. */
import type { Located, Proposal } from '../lib/answers'
import { get, post, problemOf, type Problem } from '../lib/api'
import { parsePair } from '../lib/format'
import { tables } from '../lib/tables.svelte'
import { parseCorners } from '../lib/typed'
import type { DivisionName } from '../lib/wire'
import { mostOf, needsToSend, type NeedRow } from './needs'

export type Severity = 1 | 2 | 3 | 4
const LEAST_CORNERS = 3

export class Report {
  coordinates = $state('')
  crs = $state('wgs84')
  located = $state.raw<Located | null>(null)
  townships = $state.raw<DivisionName[]>([])
  township = $state('')
  category = $state('')
  severity = $state<Severity>(4)
  proposal = $state.raw<Proposal | null>(null)
  needs = $state<NeedRow[]>([])
  source = $state('phone')
  caller = $state('')
  phone = $state('')
  words = $state('')
  address = $state('')
  isPrivate = $state(false)
  happened = $state(0)
  learned = $state(0)
  drawing = $state(false)
  corners = $state.raw<[number, number][]>([])
  /** The datum of the corners: those drawn are of the map. */
  cornersCrs = $state('wgs84')
  fault = $state.raw<Problem | null>(null)
  badPair = $state(false)

  isReady = $derived(this.located !== null && this.category !== '' && !this.drawing)
  hasArea = $derived(this.corners.length >= LEAST_CORNERS)
  /** A typed area in another datum wants its point in that datum too. */
  isMixed = $derived(this.hasArea && this.cornersCrs !== 'wgs84' && this.cornersCrs !== this.crs)
  most = $derived(mostOf(this.needs))
  isBeyond = $derived(this.proposal !== null && this.most > this.proposal.most_people)

  constructor(readonly started: number) {
    this.happened = this.learned = started
  }

  /** A place of the map. */
  async pick(lon: number, lat: number): Promise<void> {
    this.crs = 'wgs84'
    this.coordinates = `${lon.toFixed(6)}, ${lat.toFixed(6)}`
    await this.locate()
  }

  async locate(): Promise<void> {
    const pair = parsePair(this.coordinates)
    this.badPair = pair === null && this.coordinates.trim() !== ''
    this.fault = null
    if (pair === null) {
      this.located = null
      return
    }
    try {
      const found = await get<Located>(`/locate?lon=${pair.lon}&lat=${pair.lat}&crs=${this.crs}`)
      const under = found.path.at(-1)?.code ?? ''
      this.townships = found.township_chosen === 'not_known' ? await get<DivisionName[]>(`/divisions?under=${under}`) : []
      this.township = ''
      this.located = found
      await this.#propose()
    } catch (error) {
      this.located = null
      this.fault = problemOf(error)
    }
  }

  async choose(category: string): Promise<void> {
    this.category = category
    this.severity = tables.category(category)?.severity ?? 4
    this.needs = []
    await this.#propose()
  }

  async #propose(): Promise<void> {
    if (!this.located || !this.category) return
    const { lon, lat } = this.located
    try {
      const found = await post<Proposal>('/proposal', { category: this.category, place: { lon, lat } })
      this.proposal = found
      if (this.needs.length === 0)
        this.needs = found.needs.map(({ by_min, ...need }) => ({ ...need, by_ms: this.learned + by_min * 60_000 }))
    } catch (error) {
      this.fault = problemOf(error)
    }
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
      report: { caller: this.caller, phone: this.phone, words: this.words, source: this.source },
      happened_at_ms: this.happened,
      learned_at_ms: this.learned,
      needs: needsToSend(this.needs),
      verify: order,
      order,
    }
  }

  #place(): Record<string, unknown> {
    const typed = this.hasArea && this.cornersCrs !== 'wgs84' ? parsePair(this.coordinates) : null
    const at = typed ? { ...typed, crs: this.cornersCrs } : { lon: this.located?.lon, lat: this.located?.lat }
    return {
      ...at,
      address: this.address,
      private_home: this.isPrivate,
      ...(this.township ? { township: this.township } : {}),
      ...(this.hasArea ? { area: this.corners } : {}),
    }
  }

  #middle(): [number, number] {
    const mean = (i: 0 | 1) => this.corners.reduce((sum, at) => sum + at[i], 0) / this.corners.length
    return [Number(mean(0).toFixed(6)), Number(mean(1).toFixed(6))]
  }
}
