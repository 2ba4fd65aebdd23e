/** What this desk knows and has chosen. One topic, of the officer's own post; a tier below is a filter of it. */
import { untrack } from 'svelte'
import type { DeskSession } from '../lib/answers'
import { get, problemOf, signOut, type Problem } from '../lib/api'
import { itemsOf } from '../lib/feed'
import { when } from '../lib/format'
import { Live } from '../lib/live.svelte'
import { look } from '../lib/look.svelte'
import { now } from '../lib/now.svelte'
import { t } from '../lib/say'
import type { Order, Roll } from '../lib/safety'
import { tables } from '../lib/tables.svelte'
import { covers, tierOf, touches } from '../lib/tiers'
import type { Activation, Call, Fault, Incident, Line, Standing, Team } from '../lib/wire'
import type { Marking } from './marking.svelte'
import { Past } from './past.svelte'
import { posts } from './posts.svelte'
import { Report, type Draft, type Severity } from './report.svelte'
import { toRing, toTell, type Reply, type ToRing, type Way } from './ringing'
import type { SheetName } from './sheets'
import type { Spot } from './spot.svelte'
import { countedBy, Joined, Lists } from './teams.svelte'
import type { Zone } from './zones'
import { unfinished } from './unfinished.svelte'
import type { Warning, Watch } from './watch'

export const OPEN = new Set(['reported', 'verified', 'acting', 'stabilised', 'demobilising'])
const COMMANDING = new Set(['duty_officer', 'watch_leader'])
export type Tab = 'incidents' | 'teams' | 'stations' | 'ring'

/** What is still missing to the minimum, in people. Who was there and went home has served. */
export const shortOf = (incident: Incident): number =>
  incident.needs.reduce((sum, need) => sum + Math.max(0, need.minimum - need.promised - need.served), 0)

/** How a team stands, in words: of one whose leader is off duty what the leader said, and until when. */
export const stateOf = (team: Team): string => {
  if (team.state !== 'off_duty') return t(`team.${team.state}`)
  const state = t(`avail.${team.availability}`)
  return team.until_ms === null ? state : t('teams.until', { state, at: when(team.until_ms, desk.at, look.lang) })
}

class Desk {
  session = $state.raw<DeskSession | null>(null)
  ready = $state(false)
  live = $state.raw<Live | null>(null)
  /** What is replayed in the place of the present: only looked at. */
  past = $state.raw<Past | null>(null)
  fault = $state.raw<Problem | null>(null)
  chosen = $state<string | null>(null)
  post = $state('')
  tab = $state<Tab>('incidents')
  find = $state('')
  /** Incidents that lie at one place of the map, when it was asked which they are. */
  among = $state.raw<readonly string[]>([])
  /** Only incidents of this severity, when one was asked for. */
  only = $state<Severity | null>(null)
  /** Whether the reasons of the chosen incident's waves are open. */
  why = $state(false)
  report = $state.raw<Report | null>(null)
  /** A place that is being set or put right in the dossier. */
  placing = $state.raw<Spot | null>(null)
  /** Ground that is being marked, over the map. */
  marking = $state.raw<Marking | null>(null)
  /** Whom the call directory opens with. */
  ring = $state('')
  /** What lies over the desk. */
  sheet = $state<SheetName | null>(null)

  /** Whether the officer commands at all; and whether here, where it is not the past. */
  mayCommand = $derived(COMMANDING.has(this.session?.officer.role ?? ''))
  commands = $derived(this.mayCommand && this.past === null)
  isKeeper = $derived(this.session?.officer.role === 'keeper')
  own = $derived(this.session?.officer.post.division ?? '')
  isOld = $derived(this.live !== null && this.live.heardMs > 0 && this.live.isOld(now.ms))
  /** The server's time; it stands still while the picture is old. */
  liveAt = $derived((this.isOld ? (this.live?.heardMs ?? 0) : now.ms) + (this.live?.offset ?? 0))

  /** What the panels go by: the server's time, or the time that is replayed. */
  at = $derived(this.past?.atMs ?? this.liveAt)
  liveTopic = $derived(this.live?.topic(this.session?.topics[0] ?? '') ?? null)
  topic = $derived(this.past === null ? this.liveTopic : this.past.topic(this.session?.topics[0] ?? ''))
  #feed = $derived(this.past ?? this.live)
  /** Whether the board was ever shown: before, nothing is missing, it is only not there yet. */
  hasPicture = $derived(this.topic !== null)
  /** The log's position that the picture shows. */
  position = $derived(this.topic?.position ?? 0)
  everyIncident = $derived(itemsOf<Incident>(this.topic, 'incident'))
  incidents = $derived(
    this.everyIncident
      .filter((each) => this.isKeeper || touches(each, this.post))
      .sort((a, b) => a.severity - b.severity || b.entered_ms - a.entered_ms),
  )
  open = $derived(this.incidents.filter((each) => OPEN.has(each.stage)))
  ended = $derived(this.incidents.filter((each) => !OPEN.has(each.stage)))
  incident = $derived(this.everyIncident.find((each) => each.id === this.chosen) ?? null)
  /** Those that wait, are coming, stand by or are out; of the opened incident `callsOf` has all. */
  calls = $derived(itemsOf<Call>(this.topic, 'call'))
  /** What is followed beside the board: all calls of the opened incident, and who ran out of time while the list of them is open. */
  #openedTopic = $derived(this.incident && !this.isKeeper ? `board/${this.own}/calls/${this.incident.id}` : null)
  #lateTopic = $derived(this.tab === 'ring' || this.sheet === 'handoverPaper' ? `board/${this.own}/late` : null)
  #opened = $derived(this.#openedTopic === null ? null : (this.#feed?.topic(this.#openedTopic) ?? null))
  #late = $derived(this.#lateTopic === null ? null : (this.#feed?.topic(this.#lateTopic) ?? null))
  /** The teams of all calls that are known, by call. */
  #everyCall = $derived(new Map([...this.calls, ...itemsOf<Call>(this.#opened, 'call')].map((each) => [each.id, each.team])))
  #standing = $derived(itemsOf<Partial<Standing>>(this.topic, 'team'))
  #lists = new Lists()
  #joined = new Joined()
  /** Empty until the list is there. */
  teams = $derived(this.#joinedTeams(this.#standing))
  hasTeams = $derived(this.#lists.held !== null)
  forces = $derived(countedBy(this.teams))
  #responses = $derived(itemsOf<Activation>(this.topic, 'response'))
  running = $derived(
    this.#responses.filter((each) => each.ended_ms === null).sort((a, b) => a.level - b.level || a.started_ms - b.started_ms),
  )
  watches = $derived(itemsOf<Watch>(this.topic, 'watch'))
  warnings = $derived(itemsOf<Warning>(this.topic, 'warning'))
  zones = $derived(itemsOf<Zone>(this.topic, 'zone'))
  /** Another word whenever what shuts roads changed; '' while nothing does. */
  shut = $derived(this.zones.filter((each) => each.shuts.length > 0).map((each) => `${each.id} ${each.seen_ms}`).join())
  ways = $derived(itemsOf<Way>(this.topic, 'channel'))
  #replies = $derived(itemsOf<Reply>(this.topic, 'reply'))
  replies = $derived(this.#replies.toSorted((a, b) => a.at_ms - b.at_ms))
  #orders = $derived(itemsOf<Order>(this.topic, 'order'))
  #rolls = $derived(itemsOf<Roll>(this.topic, 'roll'))
  toRing = $derived(this.ringsFor(this.open))
  /** How many rows the list of who is to be rung has, also while it is shut. */
  ringCount = $derived(this.toRing.filter((each) => each.group !== 'late').length + this.open.reduce((n, each) => n + each.late, this.replies.length))
  faults = $derived(itemsOf<Fault>(this.topic, 'fault'))
  #everyLine = $derived(itemsOf<Line>(this.topic, 'line'))
  everyLine = $derived(this.#everyLine.toSorted((a, b) => b.position - a.position))
  lines = $derived(this.everyLine.filter((line) => (this.chosen === null || line.incident === this.chosen) && this.#isFollowed(line)))
  #names = $derived(
    new Map([
      ...(this.session?.path ?? []).map((each) => [each.code, each.name] as const),
      ...(this.session?.posts ?? []).map((each) => [each.division, each.name] as const),
      ...this.everyIncident.flatMap((incident) => incident.path.map((each) => [each.code, each.name] as const)),
      ...this.watches.map((each) => [each.division, each.name] as const),
    ]),
  )

  async begin(): Promise<void> {
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
    this.post = session.officer.post.division
    this.live = new Live('/feed', session.topics)
    this.live.start()
    void unfinished.load(session.officer.id)
    void posts.load()
  }

  async leave(): Promise<void> {
    this.live?.stop()
    await unfinished.refresh()
    await unfinished.wipe()
    await signOut('/session')
    location.reload()
  }

  /** Called by the page for as long as it lives: what is opened is followed, and the list of teams the board goes by is the one held. */
  listen(): void {
    $effect(() => {
      const [board, beside] = [this.session?.topics ?? [], [this.#openedTopic, this.#lateTopic].filter((each) => each !== null)]
      this.live?.want(this.past === null ? [...board, ...beside] : board)
      this.past?.want([...board, ...beside])
    })
    $effect(() => this.#lists.want(this.own, (this.topic?.items.get('teams/known') as { version: string } | undefined)?.version))
  }

  /** `_changed`: the feed's items of teams, by whose change this is made anew. */
  #joinedTeams(_changed: readonly Partial<Standing>[]): readonly Team[] {
    const items = untrack(() => this.topic?.items)
    return this.#joined.of(this.#lists.held?.teams ?? [], (id) => items?.get(`team/${id}`) as Partial<Standing> | undefined)
  }

  /** What a post is called here; its tier, where the name is not known. */
  nameOf(code: string): string {
    return this.#names.get(code) ?? t(`tier.${tierOf(code)}`)
  }

  /** The open incidents of a post, the gravest first. */
  openUnder(division: string): Incident[] {
    return this.everyIncident.filter((each) => OPEN.has(each.stage) && touches(each, division)).sort((a, b) => a.severity - b.severity || a.entered_ms - b.entered_ms)
  }

  openOf(division: string): number {
    return this.openUnder(division).length
  }

  /** The watch of a post; null where nothing was ever said of one. */
  watchOf(division: string): Watch | null {
    return this.watches.find((each) => each.division === division) ?? null
  }

  callsOf(incident: string): Call[] {
    const isOpened = this.#opened !== null && incident === this.incident?.id
    return (isOpened ? itemsOf<Call>(this.#opened, 'call') : this.calls.filter((call) => call.incident === incident)).toSorted((a, b) => a.distance_m - b.distance_m)
  }

  /** A call of the opened incident. */
  callFor(call: string): Call | null {
    return this.incident === null ? null : (this.callsOf(this.incident.id).find((each) => each.id === call) ?? null)
  }

  /** Who is to be rung for these open incidents. Crews that are out first: they have not heard of an order, or of a roll. */
  ringsFor(open: readonly Incident[]): ToRing[] {
    return [
      ...toTell(this.calls, new Map(this.everyIncident.map((each) => [each.id, each])), this.#orders, this.#rolls),
      ...toRing(this.calls, itemsOf<Call>(this.#late, 'call'), new Map(open.map((each) => [each.id, each]))),
    ]
  }

  /** Running responses that cover an incident, or, without one, the chosen post. */
  responsesFor(incident: Incident | null): Activation[] {
    return this.running.filter((each) =>
      incident
        ? each.category === incident.category && touches(incident, each.division)
        : covers(this.post, each.division) || covers(each.division, this.post),
    )
  }

  /** Again the same severity means all. */
  filter(severity: Severity): void {
    this.tab = 'incidents'
    this.only = this.only === severity ? null : severity
  }

  /** The post one step along the row of tiers, if there is one. */
  tier(step: 1 | -1): string | null {
    const posts = this.session?.posts ?? []
    return posts[posts.findIndex((each) => each.division === this.post) + step]?.division ?? null
  }

  choose(incident: string): void {
    if (incident !== this.chosen) this.why = false
    this.chosen = incident
    this.tab = 'incidents'
  }

  startReport(): void {
    this.marking = null
    if (this.commands) this.report ??= new Report(Math.round(this.at))
  }

  /** Under a name of its own: a tab where it is still open loses nothing to this one. */
  async resumeReport(id: string, draft: Draft): Promise<void> {
    const report = new Report(draft.started)
    report.restore(draft)
    await unfinished.keep(report.id, report.draft)
    await unfinished.drop(id)
    this.report = report
  }

  /** Of an incident, or of the last day. What was begun here stays as it is. */
  replay(incident: string | null): void {
    this.past?.end()
    this.marking = null
    this.report = null
    this.sheet = null
    if (this.tab === 'ring') this.tab = 'incidents'
    this.past = new Past(incident, this.liveAt)
    void this.past.begin()
  }

  stopReplay(): void {
    this.past?.end()
    this.past = null
    this.post = this.own
  }

  /** In a replay that follows a team, or a post below: only what concerns it. */
  #isFollowed(line: Line): boolean {
    if (this.past === null) return true
    const team = this.past.team
    if (team !== '') return line.facts['team'] === team || this.#everyCall.get(String(line.facts['call'] ?? '')) === team
    return this.post === this.own || this.incidents.some((each) => each.id === line.incident)
  }

  stopReport(): void {
    this.report = null
  }
}

export const desk = new Desk()
