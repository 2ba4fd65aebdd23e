/** The answers of docs/api.md as the front end reads them. */
import type { DivisionName, Post, Said, Self, StationHit, Tier } from './wire'

export type Code = { code: string; zh: string; en: string }
/** `parent`: a need for it is met by this one too. */
export type Speciality = Code & { kind: 'specialist' | 'general' | 'standing'; parent: string | null }

export type Category = Code & {
  mark_zh: string
  mark_en: string
  severity: 1 | 2 | 3 | 4
  verified: boolean
  /** What else finds it: its name in letters, and what callers say for it. */
  spelt: string[]
}

export type Tables = {
  categories: Category[]
  specialities: Speciality[]
  bring: Record<string, Said>
  risks: Record<string, Said>
  errors: Record<string, Said>
  orders: (Code & { loud: boolean })[]
  dangers: Code[]
  terms: { roll_min: number; order_min: number; fine_ms: number }
}

/** `drill`: what is played in a realm of that kind. */
export type Realm = { kind: string; epoch: string; drill?: { zh: string; en: string } }

/** In a drill: what this officer is in it. */
export type Plays = { follows: boolean; acts: boolean; stops: boolean; safety: boolean }

export type DeskSession = {
  officer: { id: string; name: string; role: string; post: Post; station: string | null }
  realm: Realm
  topics: string[]
  posts: Post[]
  path: DivisionName[]
  plays?: Plays
}

export type PhoneSession = {
  /** How the person stood when it was asked: shown until the socket says so. */
  self: Self | null
  /** The bound phone this is; empty after a sign-in by password. */
  phone: string
  person: { id: string; name: string | null; teams: string[] }
  realm: Realm
  topics: string[]
}

export type Located = {
  lon: number
  lat: number
  path: (DivisionName & { tier: Tier })[]
  township_chosen: 'by_fence' | 'by_hand' | 'not_known'
  /** No more than this division is known. */
  only: string | null
  stations: (StationHit & { tier: string })[]
  outside_circles: boolean
}

/** What the search over names found; without a point only the division is known. */
export type PlaceHit = { kind: string; id: string; name: string; division: string; path: DivisionName[]; lon: number | null; lat: number | null }

export type Proposal = {
  needs: { speciality: string; minimum: number; maximum: number; by_min: number }[]
  severity: 1 | 2 | 3 | 4 | null
  people: number
  most_people: number
  plan_above: number
  similar: { id: string; name: string; distance_m: number | null; age_s: number; same_number: boolean }[]
  authority: { allowed: boolean; rule: string | null; who_may: Tier | null }
}

/** Why a team was called: from its base to the place, and what the travel time rests on. */
export type WhyCalled = {
  call: string
  team: string
  team_name: string
  role: 'leader' | 'deputy'
  speciality: string
  crew_max: number
  distance_m: number
  seconds_to: number
  travel_source: string
  chance: number
  chance_source: string
}

export type WhyWave = {
  wave: number
  gates: Record<string, 'checked' | 'not_checked'>
  counts: Record<string, number>
  called: WhyCalled[]
}

export type Why = { waves: WhyWave[] }
export type NotCalled = { not_called: { team: string; team_name: string; speciality: string; reason: string }[] }

export type AboutMap = {
  name: string
  bounds: [number, number, number, number] | null
  layers: string[]
  notice: string
}

export type Receipt = {
  position: number
  command_id: string
  events: { name: string; data: Record<string, unknown> }[]
  incident?: string
  mobilization?: string
  response?: string
  photo?: string
}

/** A receipt that opened what is sealed. */
export type Opened<T> = Receipt & { sealed: T | null }
