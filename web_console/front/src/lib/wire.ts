/** The shapes of docs/socket.md and docs/api.md, as the front end reads them. Times are integer ms UTC, places WGS-84. */

export type Lang = 'zh' | 'en'
export type Said = { zh: string; en: string }
export type Code = { code: string; zh: string; en: string }
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
  waves: Wave[]
  standby: number
  asked_up: { division: string; speciality: string; short: number; at_ms: number }[]
  order_asked: { from: string; to: string; people: number; at_ms: number } | null
  over: boolean
  changed_at: number
  photos: string[]
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

export type Call = {
  id: string
  incident: string
  wave: number
  speciality: string
  team: string
  team_name: string
  person_label: string
  role: 'leader' | 'deputy'
  state: CallState
  heads: number
  seated: number
  crew_max: number
  arrived: number
  eta_ms: number | null
  asked_ms: number
  due_ms: number | null
  seen_ms: number | null
  standby_no: number | null
  channel: 'page' | 'sms' | 'none'
  sent: 'sent' | 'failed' | 'unknown' | null
  noted_by: string | null
  simulated: boolean
  distance_m: number
  lon: number | null
  lat: number | null
}

export type Team = {
  id: string
  name: string
  speciality: string
  station_name: string
  lon: number
  lat: number
  size: number
  leader_label: string
  state: 'available' | 'called' | 'on_way' | 'on_scene' | 'off_duty'
  incident: string | null
  simulated: boolean
}

export type Line = {
  position: number
  at_ms: number
  incident: string
  name: string
  actor: { kind: string; label: string }
  facts: Record<string, unknown>
}

export type Fault = { id: string; code: string; facts: Record<string, unknown> }

export type Self = {
  person: string
  name: string | null
  teams: { id: string; name: string; speciality: string; role: 'leader' | 'deputy' | 'member' }[]
  availability: 'available' | 'off_duty' | 'away'
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
  role: 'leader' | 'deputy'
  team_name: string
  crew_max: number
  standby_no: number | null
  noted_by: string | null
  lon?: number
  lat?: number
  address?: string | null
  words?: string | null
  contact?: string | null
  heads?: number
  seated?: number
  eta_ms?: number | null
}

export type Category = Code & {
  mark_zh: string
  mark_en: string
  severity: 1 | 2 | 3 | 4
  verified: boolean
}

export type Tables = {
  categories: Category[]
  specialities: Code[]
  bring: Record<string, Said>
  risks: Record<string, Said>
  errors: Record<string, Said>
}

export type DeskSession = {
  officer: { id: string; name: string; role: string; post: Post }
  realm: { kind: string; epoch: string }
  topics: string[]
  posts: Post[]
  path: DivisionName[]
}

export type PhoneSession = {
  person: { id: string; name: string | null; teams: string[] }
  realm: { kind: string; epoch: string }
  topics: string[]
}

export type Located = {
  lon: number
  lat: number
  path: (DivisionName & { tier: Tier })[]
  township_chosen: 'by_fence' | 'not_known'
  stations: (StationHit & { tier: string })[]
  outside_circles: boolean
}

export type Proposal = {
  needs: { speciality: string; minimum: number; maximum: number; by_min: number }[]
  severity: 1 | 2 | 3 | 4
  people: number
  similar: { id: string; name: string; distance_m: number; age_s: number }[]
  authority: { allowed: boolean; rule: string | null; who_may: Tier | null }
}

export type Why = {
  waves: {
    wave: number
    gates: Record<string, 'checked' | 'not_checked'>
    counts: Record<string, number>
    called: { call: string; team_name: string; speciality: string; distance_m: number; seconds_to: number }[]
    not_called: { team: string; team_name: string; speciality: string; reason: string }[]
  }[]
}

export type AboutMap = {
  name: string
  bounds: [number, number, number, number] | null
  layers: string[]
  notice: string
}

export type Receipt = { position: number; command_id: string; events: Record<string, unknown>[] }

export type ServerMessage =
  | { type: 'hello'; epoch: string; position: number; now_ms: number }
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
  | { type: 'beat'; now_ms: number; position: number }
  | { type: 'receipt'; command_id: string; position: number }
  | { type: 'refused'; command_id?: string; code: string }
  | { type: 'bye'; code: number }
