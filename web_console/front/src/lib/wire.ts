/** The items of docs/socket.md as the front end reads them (`answers.ts`: those of docs/api.md). Times are integer ms UTC, places WGS-84. */

export type Lang = 'zh' | 'en'
export type Said = { zh: string; en: string }
export type DivisionName = { code: string; name: string }
export type Post = { division: string; tier: Tier; name: string }
export type Tier = 'province' | 'city' | 'county' | 'township' | 'village'

export type Stage =
  | 'reported'
  | 'verified'
  | 'acting'
  | 'stabilised'
  | 'demobilising'
  | 'closed'
  | 'reviewed'
  | 'false_alarm'
  | 'handed_over'
  | 'merged'
  | 'entered_in_error'

export type Seats = {
  speciality: string
  minimum: number
  maximum: number
  by_ms: number | null
  promised: number
  confirmed: number
  arrived: number
  open: number
  served: number
}

export type Wave = {
  no: number
  at_ms: number
  called: number
  accepted: number
  declined: number
  lapsed: number
  open: number
}

export type StationHit = { id: string; name: string; distance_m: number; inside: boolean }

export type Incident = {
  id: string
  name: string
  category: string
  severity: 1 | 2 | 3 | 4
  stage: Stage
  mode: 'EMERGENCY' | 'ROUTINE'
  division: string
  path: DivisionName[]
  township_chosen: 'by_fence' | 'by_hand' | 'not_known'
  lon: number
  lat: number
  exact: boolean
  /** No more than this division is known: the point merely stands for it. */
  only: string | null
  point_from: 'boundary' | 'station' | null
  point_of: string | null
  informed: { service: string; at_ms: number; by: string }[]
  area: [number, number][]
  spans: DivisionName[]
  stations: StationHit[]
  outside_circles: boolean
  lead: Post
  asked_take_over: boolean
  hand_back_offered_to: string | null
  level: 1 | 2 | 3 | 4 | null
  merged_into: string | null
  verified: boolean
  happened_ms: number
  learned_ms: number
  entered_ms: number
  closed_ms: number | null
  mobilization: string | null
  needs: Seats[]
  scope: string | null
  waves: Wave[]
  standby: number
  asked_up: { division: string; speciality: string; short: number; at_ms: number }[]
  order_asked: { from: string; to: string; people: number; at_ms: number; needs: readonly Wanted[] } | null
  over: boolean
  changed_at: number
  photos: string[]
  /** Posts whose officers know of it. */
  heard_by: string[]
  /** Calls that ran out unheard while people are missing, of each team its newest. */
  late: number
}

export type CallState =
  | 'open'
  | 'accepted'
  | 'later'
  | 'declined'
  | 'lapsed'
  | 'standby'
  | 'not_needed'
  | 'set_out'
  | 'arrived'
  | 'released'
  | 'stood_down'
  | 'called_again'

export type Call = {
  id: string
  /** `unknown` in a replay: no log knows. */
  reach: Reach | 'unknown'
  person: string
  incident: string
  mobilization: string
  wave: number
  speciality: string
  team: string
  team_name: string
  person_label: string
  /** 138****5521; empty where none is known. */
  phone_label: string
  /** Whether the page was awake when the call was made. */
  awake: boolean
  /** Why it was perhaps not heard; null once it was on a lit screen. */
  unheard: 'asleep' | 'sent' | 'failed' | 'unknown' | null
  answered_by: 'page' | 'desk' | 'sms' | 'modem' | 'voice' | 'link' | null
  /** Who rang by hand last. */
  rung: { label: string; at_ms: number } | null
  role: 'leader' | 'deputy'
  state: CallState
  heads: number
  seated: number
  crew_max: number
  confirmed: number
  arrived: number
  travel_s: number
  eta_ms: number | null
  asked_ms: number
  due_ms: number | null
  seen_ms: number | null
  claimed_ms: number | null
  disputed: boolean
  standby_no: number | null
  /** Stands by for those who can be there in time. */
  late: boolean
  channel: 'page' | 'sms' | 'modem' | 'voice' | 'none'
  sent: 'sent' | 'failed' | 'unknown' | 'not_needed' | null
  noted_by: string | null
  simulated: boolean
  distance_m: number
  /** To a point that merely stood for a division. */
  approximate: boolean
  lon: number | null
  lat: number | null
}

export type TeamState = 'available' | 'called' | 'on_way' | 'on_scene' | 'off_duty'

/** People of one speciality that are asked for. */
export type Wanted = { speciality: string; minimum: number; maximum: number; by_ms: number | null }

/** A team as the registry has it. */
export type KnownTeam = {
  id: string
  name: string
  speciality: string
  station: string
  station_name: string
  division: string
  lon: number
  lat: number
  size: number
  leader: string
  leader_label: string
  leader_phone_label: string
  simulated: boolean
}

/** How a team stands; `availability`, `until_ms`, `reach` and how many `phones` are bound and `tested` are its leader's. */
export type Standing = {
  state: TeamState
  incident: string | null
  availability: Availability
  until_ms: number | null
  reach: Reach
  phones: number
  tested: number
}

export type Team = KnownTeam & Standing

/** The activation of a post. What was ordered in words (item, measures) is opened on request. */
export type Activation = {
  id: string
  division: string
  division_name: string
  post: Post
  category: string
  level: 1 | 2 | 3 | 4
  term_h: number
  body: string
  document: string
  oral: boolean
  started_ms: number
  ended_ms: number | null
}

export type Line = {
  position: number
  /** When it was entered. */
  at_ms: number
  happened_ms: number
  learned_ms: number
  incident: string
  name: string
  actor: { kind: string; label: string }
  post: string | null
  facts: Record<string, unknown>
}

/** A follower that failed on one event, set it aside and went on. */
export type Fault = { id: string; code: string; facts: { follower: string; event: number; fault: string } }

export type Availability = 'available' | 'off_duty' | 'away'

/** Whether a call to somebody's phone would be heard now. */
export type Reach = 'awake' | 'asleep' | 'untested'

/** A phone of a person; without an id it signed in by password. */
export type BoundPhone = { id: string; bound_ms: number; tested_ms: number | null; ok: boolean; heard: boolean; felt: boolean; notified: boolean }

/** What somebody agreed to of exercises; `hours`: minutes of the day in China. */
export type Consent = {
  from_ms: number
  until_ms: number
  hours: [number, number]
  times: number
  given_ms: number
  withdrawn_ms: number | null
  noted_by: string | null
}

export type Self = {
  consent: Consent | null
  reach: Reach
  phones: BoundPhone[]
  person: string
  name: string | null
  teams: { id: string; name: string; speciality: string; role: 'leader' | 'deputy' | 'member' }[]
  availability: Availability
  until_ms: number | null
  simulated: boolean
}

/** A call as a leader's phone sees it; what follows `lon` is there after acceptance only. */
export type MyCall = {
  id: string
  state: CallState
  category: string
  severity: 1 | 2 | 3 | 4
  speciality: string
  area: string
  distance_km: number
  travel_min: [number, number]
  minimum: number
  maximum: number
  by_ms: number | null
  full: boolean
  due_ms: number | null
  asked_ms: number
  mode: 'EMERGENCY' | 'ROUTINE'
  lead_name: string
  task: Said | null
  hours: [number, number] | null
  bring: string[]
  risks: string[]
  /** A danger area is marked there; not known of a call that an older page kept. */
  danger_area?: boolean
  role: 'leader' | 'deputy'
  team_name: string
  /** Somebody else of the team has said yes to this call-out, and takes it there. */
  team_goes?: boolean
  crew_max: number
  minimum_crew: number
  standby_no: number | null
  /** Stands by for those who can be there in time. */
  late: boolean
  waits: number
  seated: number
  arrived: number
  noted_by: string | null
  point_known?: boolean
  placed_ms?: number | null
  lon?: number
  lat?: number
  address?: string | null
  words?: string | null
  contact?: string | null
  heads?: number
  confirmed?: number
  eta_ms?: number | null
}

/** How the time of a drill runs beside the room's. */
export type DrillTime = { speed: number; running: boolean; begin_ms: number; over: '' | 'stopped' | 'ended' }

export type ServerMessage =
  | { type: 'hello'; epoch: string; position: number; now_ms: number; drill?: DrillTime }
  | { type: 'snapshot'; topic: string; epoch: string; position: number; items: Record<string, unknown> }
  | {
      type: 'diff'
      topic: string
      epoch: string
      from: number
      position: number
      put: Record<string, unknown>
      drop: string[]
    }
  | { type: 'beat'; now_ms: number; position: number; drill?: DrillTime }
  | { type: 'receipt'; command_id: string; position: number }
  | { type: 'refused'; command_id?: string; code: string }
  | { type: 'bye'; code: number }
