/** Items about people who are out (docs/socket.md), and what they mean for a screen. Pure. */
import type { Marked } from './marked'
import type { MyCall, Post, Self } from './wire'

export type PersonState = 'promised' | 'on_way' | 'on_scene' | 'safe' | 'hurt' | 'help' | 'left' | 'returning' | 'waiting' | 'lost'
export type Answer = 'safe' | 'hurt' | 'help' | 'left'
export type Member = { no: number; state: PersonState; name: string | null }
export type MyRoll = {
  number: number
  opened_ms: number
  due_ms: number
  late: boolean
  closed_ms: number | null
  people: number
  marks: Record<string, { state: PersonState; noted: boolean; disputed: boolean }>
}
export type MyOrder = { id: string; kind: string; words: string | null; given_ms: number; due_ms: number; said: '' | Receipted; noted: boolean; called_off_ms?: number | null }
/** It holds no more; a phone may still keep one from before that could be said. */
export const isOff = (order: { called_off_ms?: number | null }): boolean => (order.called_off_ms ?? null) !== null
export type Receipted = 'received' | 'done' | 'cannot'
export type MyDanger = { id: string; kind: string; at_ms: number; read: boolean; photos: number }
/** A call in hand: what the phone shows until everyone is home. */
export type Task = MyCall & { incident?: string; crew?: Member[]; roll?: MyRoll | null; orders?: MyOrder[]; dangers?: MyDanger[]; zones?: Marked[] }
/** The leader's own team, led by somebody else of it: to be seen, not acted on. */
export type Led = {
  id: string
  state: MyCall['state']
  category: string
  area: string
  team_name: string
  by: string | null
  role: 'leader' | 'deputy'
  seated: number
  waits: number
  standby_no: number | null
  eta_ms: number | null
  crew: Partial<Record<PersonState, number>>
  called_over: boolean
}
export type MySos = { number: number; again_ms: number; to: string; taken_ms: number | null; taken_post: string | null; fine_ms: number | null }
export type SelfOut = Self & { sos?: MySos | null }

export type RollPerson = { no: number; state: PersonState; disputed: boolean }
export type RollCrew = {
  call: string
  team_name: string
  person: string
  person_label: string
  state: string
  answered_ms: number | null
  by: '' | 'leader' | 'desk'
  people: RollPerson[]
}
export type Roll = {
  incident: string
  number: number
  opened_ms: number
  due_ms: number
  late: boolean
  closed_ms: number | null
  counts: Partial<Record<PersonState, number>>
  crews: RollCrew[]
}
export type Sos = {
  person: string
  person_label: string
  number: number
  incident: string | null
  call: string | null
  team_name: string | null
  place: string
  to: Post[]
  raised_ms: number
  again_ms: number
  up_ms: number | null
  lon: number | null
  lat: number | null
  noted_by: string | null
  alarm: boolean
  taken_ms: number | null
  taken_by: string | null
  taken_post: string | null
  fine_ms: number | null
}
export type CrewReceipt = { call: string; team_name: string; person_label: string; said: '' | Receipted; at_ms: number | null; noted_by: string | null; overdue: boolean }
export type Order = { id: string; incident: string; kind: string; post: string; given_ms: number; due_ms: number; called_off_ms: number | null; receipts: CrewReceipt[] }
export type Danger = {
  id: string
  incident: string
  call: string
  team_name: string
  person_label: string
  kind: string
  at_ms: number
  noted_by: string | null
  photos: string[]
  acknowledged_ms: number | null
}

export const ANSWERS: readonly Answer[] = ['safe', 'hurt', 'help', 'left']
const UNKNOWN = new Set<PersonState>(['waiting', 'lost'])
export const isUnknown = (state: PersonState): boolean => UNKNOWN.has(state)

/** How many people are in one of these states. */
export const count = (people: readonly { state: PersonState }[], ...states: PersonState[]): number =>
  people.filter((each) => states.includes(each.state)).length

/** What is still missing first: crews with people of whom nothing is known, then those with hurt ones, then the rest as they are. */
export function unfinishedFirst(crews: readonly RollCrew[]): RollCrew[] {
  const rank = (crew: RollCrew): number =>
    crew.people.some((each) => isUnknown(each.state)) ? 0 : crew.people.some((each) => each.state === 'hurt' || each.state === 'help' || each.disputed) ? 1 : 2
  return [...crews].sort((a, b) => rank(a) - rank(b))
}

/** 01, 02, … */
export const numbered = (no: number): string => String(no).padStart(2, '0')
