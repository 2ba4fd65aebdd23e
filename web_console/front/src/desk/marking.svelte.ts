/** Ground while it is being marked, or looked at again: its outline, what it is, and what the server says that would change. */
import { post, problemOf, type Problem } from '../lib/api'
import type { Mode } from '../lib/modes'
import { parseCorners } from '../lib/typed'
import type { Incident } from '../lib/wire'
import { around, type Change, type Stretch, type Zone, type ZoneKind } from './zones'

const LEAST_CORNERS = 3
const PAUSE_MS = 250
const AROUND_M = 200
const LOOK_MIN = 30
const MINUTE_MS = 60_000
/** Dangers that lie across a road. */
const BLOCKS = new Set(['flood', 'landslide', 'collapse'])

export class Marking {
  kind = $state<ZoneKind>('hazard')
  what = $state('flood')
  corners = $state.raw<[number, number][]>([])
  cornersCrs = $state('wgs84')
  drawing = $state(false)
  /** One stretch of road in place of an outline, and how far it lies from the place that was chosen. */
  stretch = $state.raw<Stretch | null>(null)
  off_m = $state<number | null>(null)
  /** The next press on the map chooses a stretch. */
  picking = $state(false)
  /** The ring around the incident that the outline is, while it is one. */
  radius_m = $state<number | null>(null)
  shuts = $state<Mode[]>([])
  depth = $state<number | null>(null)
  lookMin = $state(LOOK_MIN)
  until = $state<number | null>(null)
  said_by = $state('')
  said_on = $state('')
  change = $state.raw<Change | null>(null)
  fault = $state.raw<Problem | null>(null)
  hasArea = $derived(this.corners.length >= LEAST_CORNERS)
  hasShape = $derived(this.hasArea || this.stretch !== null)
  readonly isMixed = false
  #asked = 0
  #turned = false
  #pause: ReturnType<typeof setTimeout> | undefined

  /** `again`: the zone that is looked at again. Of an incident its area, or a ring around it, is where one begins. */
  constructor(kind: ZoneKind, readonly incident: Incident | null, readonly again: Zone | null = null) {
    this.kind = kind
    this.choose(kind === 'closure' ? 'roadworks' : 'flood')
    if (again) Object.assign(this, { what: again.what, corners: again.ring, stretch: again.stretch, shuts: [...again.shuts], depth: again.depth_cm, until: again.until_ms })
    else if (incident?.area.length) this.corners = incident.area
    else if (incident && !incident.only) this.ring(AROUND_M)
  }

  /** The stretch of road that is nearest to a place and open to those it is to be shut for. */
  async pickRoad(lon: number, lat: number, crs = 'wgs84'): Promise<void> {
    const asked = ++this.#asked
    try {
      const found = await post<Change>('/zones/look', { near: [lon, lat], crs, shuts: this.shuts, incident: this.incident?.id ?? null })
      if (asked === this.#asked) Object.assign(this, { change: found, stretch: found.stretch, off_m: found.off_m, fault: null, corners: [], picking: false, drawing: false })
    } catch (error) {
      if (asked === this.#asked) this.fault = problemOf(error)
    }
  }

  startPicking(): void {
    this.picking = true
    this.fault = null
  }

  dropRoad(): void {
    Object.assign(this, { stretch: null, off_m: null, picking: false })
  }

  ring(metres: number): void {
    if (!this.incident) return
    this.corners = around(this.incident.lon, this.incident.lat, metres)
    this.radius_m = metres
    this.drawing = false
  }

  addCorner(lon: number, lat: number): void {
    this.cornersCrs = 'wgs84'
    this.radius_m = null
    this.corners = [...this.corners, [lon, lat]]
  }

  dropCorner(): void {
    this.radius_m = null
    this.corners = this.corners.slice(0, -1)
  }

  startDrawing(): void {
    this.dropArea()
    this.drawing = true
  }

  async finishDrawing(): Promise<void> {
    if (this.hasArea) this.drawing = false
    return Promise.resolve()
  }

  dropArea(): void {
    this.drawing = false
    this.radius_m = null
    this.corners = []
  }

  typeCorners(text: string): Promise<number | null> {
    const { corners, badLine } = parseCorners(text)
    if (badLine === null) Object.assign(this, { corners, radius_m: null })
    return Promise.resolve(badLine)
  }

  /** What it is; as long as nobody chose, it says who gets through. */
  choose(what: string): void {
    this.what = what
    if (!this.#turned) this.shuts = this.kind === 'closure' || BLOCKS.has(what) ? ['car', 'e_bike'] : []
  }

  turn(mode: Mode): void {
    this.#turned = true
    this.shuts = this.shuts.includes(mode) ? this.shuts.filter((each) => each !== mode) : [...this.shuts, mode]
  }

  /** A moment after the last change: what it would change. Answers what is to be done when something changes before. */
  look(): () => void {
    const asked = ++this.#asked
    const wanted = { ...this.#shape(), shuts: this.shuts, incident: this.incident?.id ?? null }
    clearTimeout(this.#pause)
    if (!this.hasShape || this.drawing) this.change = null
    else
      this.#pause = setTimeout(() => {
        post<Change>('/zones/look', wanted)
          .then((found) => asked === this.#asked && ([this.change, this.fault] = [found, null]))
          .catch((error: unknown) => asked === this.#asked && ([this.change, this.fault] = [null, problemOf(error)]))
      }, PAUSE_MS)
    return () => clearTimeout(this.#pause)
  }

  #shape(): { stretch: Stretch } | { ring: [number, number][] } {
    return this.stretch ? { stretch: this.stretch } : { ring: this.corners }
  }

  path(): string {
    return this.again ? `/zones/${this.again.id}` : '/zones'
  }

  body(now: number): Record<string, unknown> {
    const own = this.again ? {} : { kind: this.kind, what: this.what, incident: this.incident?.id ?? null }
    return {
      ...own, ...this.#shape(), crs: this.cornersCrs, shuts: this.shuts, depth_cm: this.what === 'flood' ? this.depth : null, said_by: this.said_by, said_on: this.said_on,
      look_again_ms: Math.round(now) + this.lookMin * MINUTE_MS, until_ms: this.kind === 'closure' ? this.until : null,
    }
  }
}
