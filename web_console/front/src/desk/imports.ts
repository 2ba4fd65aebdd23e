/** A draft of an import as the server shows it, and how its lines are ordered. */
export type Both = { zh: string; en: string }
export type ImportColumn = Both & { name: string; needed: boolean }
export type SheetPlan = { name: string; hidden: boolean; kind: string; first: number; last: number; lines: number; labels: string[]; columns: string[]; samples: string[][]; remembered: boolean; totals: { line: number; said: string }[] }
export type LineState = 'new' | 'changed' | 'same' | 'refused'
export type Change = { column: Both; was: string; now: string }
export type Verdict = {
  kind: string; sheet: number; line: number; state: LineState; name: string; phone: string
  changes: Change[]
  mended: { column: Both; was: string; now: string; how: string[] }[]
  notes: { about: string; value: string }[]
  reason: Both | null
}
export type Leaving = { id: string; name: string; phone: string; leads: string[] }
export type Draft = {
  draft: string; station: { id: string; name: string }; form: string; rev: number; kinds: { name: string; columns: ImportColumn[] }[]; sheets: SheetPlan[]
  counts: Record<LineState, number>; mended: number; verdicts: Verdict[]; others: { name: string; changes: Change[] }[]; leaving: Leaving[]; done: { counts: Record<LineState, number>; left: number } | null
}

/** The lines to look at: refused ones first, then what changes, then what is new; as they stand in the file. */
const ORDER: readonly LineState[] = ['refused', 'changed', 'new', 'same']
export const sorted = (verdicts: readonly Verdict[]): Verdict[] =>
  [...verdicts].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.sheet - b.sheet || a.line - b.line)

/** What a sheet must still be told before any of its lines can be taken. */
export function lacking(sheet: SheetPlan, draft: Draft): ImportColumn[] {
  const columns = draft.kinds.find((kind) => kind.name === sheet.kind)?.columns ?? []
  return columns.filter((column) => column.needed && !sheet.columns.includes(column.name))
}

/** What a sheet's columns are taken for, and the headings of those that are left out. */
export function columnsOf(sheet: SheetPlan, draft: Draft): { used: ImportColumn[]; out: string[] } {
  const known = draft.kinds.find((kind) => kind.name === sheet.kind)?.columns ?? []
  return {
    used: sheet.columns.flatMap((name) => known.find((column) => column.name === name) ?? []),
    out: sheet.labels.filter((label, place) => label !== '' && !sheet.columns[place]),
  }
}
