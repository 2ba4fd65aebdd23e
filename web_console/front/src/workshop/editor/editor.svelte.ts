/** One drill while it is written: what stands on the page, what is wrong with it, what was there before. */
import { tick } from 'svelte'
import { get, post, problemOf, put, type Problem } from '../../lib/api'
import { look } from '../../lib/look.svelte'
import { forget, remember, remembered } from '../../lib/remembered'
import { textOf } from '../../lib/spoken'
import type { Said } from '../../lib/wire'
import type { Word } from '../../lib/words'
import { Past } from './history'
import { spotAt, type Named } from './places'
import type { LonLat } from './plane'
import { fresh, incidentsOf, same, without, type Fault, type Ground, type Inject, type Scenario, type Setting } from './shape'
import { newScenario, withIncident, withInject, withSpot } from './starting'
import { proposedAnew } from './templates'

const CHECK_MS = 400
export const NEW = 'new'
export type Chosen = { is: 'head' } | { is: 'inject'; no: number } | { is: 'incident'; name: string } | { is: 'spot'; name: string }
type Draft = { revision: string; scenario: Scenario }
const keyOf = (id: string): string => `muster-script/${id}`

/** A text of the catalogue in both languages: it goes into the file. */
export function both(word: Word, facts: Record<string, string | Said> = {}): Said {
  const [zh, en] = textOf(word).map((text, n) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const fact = facts[name] ?? ''
      return typeof fact === 'string' ? fact : n === 0 ? fact.zh : fact.en
    }),
  )
  return { zh: zh ?? '', en: en ?? '' }
}

export class Editor {
  scenario = $state.raw<Scenario>(newScenario([], both))
  chosen = $state.raw<Chosen>({ is: 'head' })
  faults = $state.raw<readonly Fault[]>([])
  checking = $state(false)
  ground = $state.raw<Ground | null>(null)
  names = $state.raw<readonly Named[]>([])
  problem = $state.raw<Problem | null>(null)
  revision = $state('')
  /** The draft of this browser that was taken up again. */
  restored = $state(false)
  inEnglish = $state((remembered('muster.script.english') ?? (look.lang === 'en' ? 'yes' : 'no')) === 'yes')
  busy = $state(false)
  said = $state('')
  canUndo = $state(false)
  canRedo = $state(false)
  #saved = $state.raw<Scenario | null>(null)
  #past = new Past<Scenario>(this.scenario)
  #timer = 0
  #asked = 0

  dirty = $derived(!same(this.scenario, this.#saved))
  isNew = $derived(this.revision === '')
  seed = $derived(this.scenario.city ? (this.scenario.city.seed ?? 1) : null)
  inject = $derived(this.chosen.is === 'inject' ? (this.scenario.injects.find((each) => each.number === (this.chosen as { no: number }).no) ?? null) : null)

  constructor(readonly id: string, private readonly taken: readonly string[], private readonly brought: Scenario | null = null) {}

  /** What is on the shelf, or a new one; over it what was not saved in this browser. */
  async begin(): Promise<void> {
    try {
      if (this.id === NEW) this.#start(this.brought ? { ...this.brought, id: this.#free(this.brought.id) } : newScenario(this.taken, both), '', null)
      else {
        const found = await get<{ revision: string; scenario: Scenario }>(`/scripts/${this.id}`)
        this.#start(found.scenario, found.revision, found.scenario)
      }
    } catch (error) {
      this.problem = problemOf(error)
      return
    }
    const draft = this.brought ? null : this.#draft()
    if (draft && !same(draft.scenario, this.scenario)) {
      this.#past.put(draft.scenario, '', 0)
      this.#show()
      this.revision = draft.revision
      this.restored = true
    }
    this.#keep()
    await this.#look()
    void this.check()
  }

  /** One change; see `Past.put` for the tag. */
  change(next: Scenario, tag = ''): void {
    const whole = proposedAnew(this.scenario, next)
    if (same(whole, this.scenario)) return
    const seed = this.seed
    this.#past.put(whole, tag, Date.now())
    this.#show()
    if (seed !== this.seed) void this.#look()
  }

  set(part: Partial<Scenario>, tag = ''): void {
    this.change({ ...this.scenario, ...part }, tag)
  }

  setInject(no: number, part: Partial<Inject>, tag = ''): void {
    this.set({ injects: this.scenario.injects.map((each) => (each.number === no ? { ...each, ...part } : each)) }, tag && `${no} ${tag}`)
  }

  setIncident(name: string, part: Partial<Setting>, tag = ''): void {
    const before = this.scenario.incidents?.[name]
    if (before) this.set({ incidents: { ...this.scenario.incidents, [name]: { ...before, ...part } } }, tag && `${name} ${tag}`)
  }

  undo = (): void => this.#step(() => this.#past.undo())
  redo = (): void => this.#step(() => this.#past.redo())

  addInject(mode: string, at_min: number): void {
    const { scenario, number } = withInject(this.scenario, mode, at_min, both)
    this.change(scenario)
    this.choose({ is: 'inject', no: number }, 'zh')
  }

  dropInject(no: number): void {
    this.set({ injects: this.scenario.injects.filter((each) => each.number !== no) })
    this.chosen = { is: 'head' }
  }

  /** A new incident, or a place of its own, at a point. */
  place(what: 'incident' | 'spot', at: LonLat): void {
    const spot = this.ground && spotAt(this.ground, at)
    if (!spot) return
    const { scenario, name } = what === 'incident' ? withIncident(this.scenario, spot) : withSpot(this.scenario, spot)
    this.change(scenario)
    this.choose({ is: what, name }, what === 'incident' ? 'zh' : 'division')
  }

  moveSpot(name: string, at: LonLat, tag = ''): void {
    const spot = this.ground && spotAt(this.ground, at)
    const datum = this.scenario.spots?.[name]?.datum // in which players are told of it: the same as before
    if (spot) this.set({ spots: { ...this.scenario.spots, [name]: datum ? { ...spot, datum } : spot } }, tag && `${name} ${tag}`)
  }

  /** With the place it alone lies at. */
  dropIncident(name: string): void {
    const spot = this.scenario.incidents?.[name]?.spot ?? ''
    const incidents = without(this.scenario.incidents, name)
    const isShared = Object.values(incidents).some((each) => each.spot === spot)
    this.set({ incidents, spots: isShared ? (this.scenario.spots ?? {}) : without(this.scenario.spots, spot) })
    this.chosen = { is: 'head' }
  }

  dropSpot(name: string): void {
    this.set({ spots: without(this.scenario.spots, name) })
    this.chosen = { is: 'head' }
  }

  /** `field`: where the cursor goes. */
  choose(chosen: Chosen, field = ''): void {
    this.chosen = chosen
    if (!field) void tick().then(() => document.querySelector('[data-form] h2')?.scrollIntoView({ block: 'nearest' })) // on a narrow screen it lies elsewhere
    else void tick().then(() => document.querySelector<HTMLElement>(`[data-form] [data-at$='.${field}'], [data-form] [data-at='${field}']`)?.focus())
  }

  /** To the field a fault stands at. */
  jump({ at }: Fault): void {
    const [inject, incident, spot] = [/^injects\[(\d+)\]/.exec(at), /^incidents\.([\w-]+)/.exec(at), /^spots\.([\w-]+)/.exec(at)]
    const found = inject && this.scenario.injects[Number(inject[1])]
    const owner = spot && incidentsOf(this.scenario).find(([, each]) => each.spot === spot[1])
    if (found) this.chosen = { is: 'inject', no: found.number }
    else if (incident?.[1]) this.chosen = { is: 'incident', name: incident[1] }
    else if (owner) this.chosen = { is: 'incident', name: owner[0] }
    else if (spot?.[1]) this.chosen = { is: 'spot', name: spot[1] }
    else this.chosen = { is: 'head' }
    void tick().then(() => {
      const fields = [...document.querySelectorAll<HTMLElement>('[data-form] [data-at]')].filter((each) => at.startsWith(each.dataset['at']!))
      const field = fields.toSorted((a, b) => b.dataset['at']!.length - a.dataset['at']!.length)[0] ?? document.querySelector<HTMLElement>('[data-form] h2')
      field?.scrollIntoView({ block: 'center' })
      field?.focus()
    })
  }

  /** As the server finds it; what was asked last counts. */
  async check(): Promise<boolean> {
    const asked = ++this.#asked
    this.checking = true
    try {
      const { faults } = await post<{ faults: Fault[] }>('/scripts/check', { scenario: this.scenario })
      if (asked !== this.#asked) return false
      this.faults = faults.map((each) => ({ ...each, at: each.at.replace(/^\$\.?/, '') }))
      this.checking = false
      return faults.length === 0
    } catch (error) {
      if (asked === this.#asked) [this.problem, this.checking] = [problemOf(error), false]
      return false
    }
  }

  /** Only when sound; else the first fault is gone to. Answers whether it was saved. */
  async save(): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.problem = null
    this.said = ''
    try {
      window.clearTimeout(this.#timer)
      if (!(await this.check())) {
        if (this.faults[0]) this.jump(this.faults[0])
        return false
      }
      const scenario = this.scenario
      const { revision } = await put<{ revision: string }>(`/scripts/${scenario.id}`, { scenario, revision: this.revision })
      forget(keyOf(this.id))
      this.revision = revision
      this.#saved = scenario
      this.restored = false
      this.said = 'editor.saved'
      this.#keep()
      return true
    } catch (error) {
      this.problem = problemOf(error)
      return false
    } finally {
      this.busy = false
    }
  }

  /** Beside what somebody else saved meanwhile. */
  async saveAsAnother(): Promise<boolean> {
    this.set({ id: this.#free(this.scenario.id) })
    this.revision = ''
    return this.save()
  }

  /** What stands on the shelf, or a new one, in the place of the draft. */
  async discard(): Promise<void> {
    forget(keyOf(this.id))
    this.restored = false
    await this.begin()
  }

  switchEnglish(): void {
    this.inEnglish = !this.inEnglish
    remember('muster.script.english', this.inEnglish ? 'yes' : 'no')
  }

  stop(): void {
    window.clearTimeout(this.#timer)
    ++this.#asked
  }

  #free(id: string): string {
    return this.taken.includes(id) || id === this.#saved?.id ? fresh(`${id.replace(/-?\d+$/, '')}-`, [...this.taken, id], 2) : id
  }

  #start(scenario: Scenario, revision: string, saved: Scenario | null): void {
    this.revision = revision
    this.#saved = saved ?? (this.brought ? null : scenario)
    this.#past = new Past(scenario)
    this.scenario = scenario
    ;[this.canUndo, this.canRedo] = [false, false]
  }

  #draft(): Draft | null {
    try {
      return JSON.parse(remembered(keyOf(this.id)) ?? 'null') as Draft | null
    } catch {
      return null
    }
  }

  #step(step: () => void): void {
    const seed = this.seed
    step()
    this.#show()
    if (seed !== this.seed) void this.#look()
  }

  #show(): void {
    this.scenario = this.#past.now
    ;[this.canUndo, this.canRedo] = [this.#past.canUndo, this.#past.canRedo]
    this.said = ''
    this.#keep()
    window.clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.check(), CHECK_MS)
  }

  #keep(): void {
    if (this.dirty) remember(keyOf(this.id), JSON.stringify({ revision: this.revision, scenario: this.scenario } satisfies Draft))
    else forget(keyOf(this.id))
  }

  /** The ground it plays on: seats first, then whatever has a name on the map. */
  async #look(): Promise<void> {
    const seed = this.seed
    const query = seed === null ? '' : `?seed=${seed}`
    try {
      const ground = await get<Ground>(`/scripts/ground${query}`)
      if (seed !== this.seed) return
      this.ground = ground
      const places = await get<{ features: { properties: { name?: string }; geometry: { type: string; coordinates: [number, number] } }[] }>(seed === null ? '/map/places' : `/scripts/ground/places${query}`)
      const points = places.features.filter((each) => each.geometry.type === 'Point' && each.properties.name)
      const seats = ground.posts.map(({ name, lon, lat }) => ({ name, lon, lat }))
      const rest = points.map((each) => ({ name: each.properties.name!, lon: each.geometry.coordinates[0], lat: each.geometry.coordinates[1] }))
      if (seed === this.seed) this.names = [...new Map([...rest, ...seats].map((each) => [each.name, each])).values()]
    } catch (error) {
      this.problem = problemOf(error)
    }
  }
}
