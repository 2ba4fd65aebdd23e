/** Exercises with real people (docs/api.md). */
export type Officer = { id: string; name: string; role: string; post: string; at: string }
export type ExerciseRow = {
  id: string; zh: string; en: string; no_notice: boolean; state: 'to_come' | 'on' | 'over' | 'stopped'; begin_ms: number; end_ms: number; over_ms: number | null
  people: number; teams: number; left: number; told: number; approved_by: string; by: string; safety_officer: string; safety: string; stopped_by: string
  officers: Officer[]; attended: number | null; recorded: number | null; mine: boolean
}
export type ScriptChoice = { id: string; zh: string; en: string; lasts_min: number; injects: number; no_notice: boolean; on_registry: boolean }
export type Choices = { scripts: ScriptChoice[]; officers: Officer[] }
export type Reckoned = {
  people: number; of: number; teams: number; specialities: { code: string; people: number; teams: number }[]
  townships: { division: string; name: string; people: number }[]; exercise: string; end_ms: number
}
export type Made = { exercise: string; people: number; teams: number }
