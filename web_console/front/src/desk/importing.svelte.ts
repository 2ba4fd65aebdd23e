/** What a keeper, or an officer for a station, is about to bring: the draft lies at the server, this seat remembers which one through a reload. */
import { get, getBytes, post, postBytes, problemOf, type Problem } from '../lib/api'
import { commandId } from '../lib/ids'
import { look } from '../lib/look.svelte'
import { t } from '../lib/say'
import type { Draft, SheetPlan } from './imports'

const KEPT = 'muster.import'

/** Where storage is forbidden a reload asks for the file again. */
function remembered(): string | null {
  try {
    return sessionStorage.getItem(KEPT)
  } catch {
    return null
  }
}

function remember(what: string | null): void {
  try {
    if (what === null) sessionStorage.removeItem(KEPT)
    else sessionStorage.setItem(KEPT, what)
  } catch {
    return
  }
}

class Importing {
  draft = $state.raw<Draft | null>(null)
  busy = $state(false)
  refused = $state.raw<Problem | null>(null)
  file = $state('')
  /** Whose list it is: an officer of a post says so first, a keeper has one station. */
  station = $state.raw<{ id: string; name: string } | null>(null)
  /** Who is ticked as leaving. */
  leaving = $state<string[]>([])

  async resume(): Promise<void> {
    const kept = remembered()
    if (this.draft !== null || kept === null) return
    const { draft, file } = JSON.parse(kept) as { draft: string; file: string }
    this.file = file
    await this.#do(() => get<Draft>(`/imports/${draft}`))
    if (this.refused?.code === 'import.gone') this.forget()
  }

  async choose(file: File): Promise<void> {
    this.forget()
    this.file = file.name
    await this.#do(() => postBytes<Draft>(this.station ? `/imports?station=${encodeURIComponent(this.station.id)}` : '/imports', file, commandId()))
  }

  forget(): void {
    remember(null)
    this.draft = null
    this.refused = null
    this.leaving = []
  }

  /** Say what a sheet is, where its headings stand, or what a column means. */
  async say(number: number, change: Partial<Pick<SheetPlan, 'kind' | 'first' | 'last' | 'columns'>>): Promise<void> {
    const draft = this.draft!
    const sheets = draft.sheets.map(({ kind, first, last, columns }, place) =>
      place === number ? { kind, first, last, ...('columns' in change ? { columns } : {}), ...change } : { kind, first, last, columns },
    )
    await this.#do(() => post<Draft>(`/imports/${draft.draft}/match`, { sheets }))
  }

  /** Who of those not in the file is meant, by id; null when it could not be asked, which is said. */
  async missing(q: string): Promise<string[] | null> {
    this.refused = null
    try {
      return (await post<{ found: string[] }>(`/imports/${this.draft!.draft}/missing`, { q })).found
    } catch (error) {
      this.refused = problemOf(error)
      return null
    }
  }

  async commit(): Promise<void> {
    const { draft, rev } = this.draft!
    await this.#do(() => post<Draft>(`/imports/${draft}/commit`, { rev, leaving: this.leaving }))
    const refusal = this.refused as Problem | null
    if (refusal?.code !== 'stale') return
    await this.#do(() => get<Draft>(`/imports/${draft}`))
    this.refused = refusal
  }

  /** The refused lines as the workbook they came in. */
  async back(): Promise<void> {
    await this.#save(`/imports/${this.draft!.draft}/refused?lang=${look.lang}`, this.file.replace(/(\.\w+)?$/, `-${t('import.back.file')}.xlsx`))
  }

  async example(): Promise<void> {
    await this.#save('/imports/example', 'example.xlsx')
  }

  async #save(path: string, name: string): Promise<void> {
    this.refused = null
    try {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await getBytes(path))
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    } catch (error) {
      this.refused = problemOf(error)
    }
  }

  async #do(ask: () => Promise<Draft>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.refused = null
    try {
      this.draft = await ask()
      this.station = this.draft.station
      const offered = new Set(this.draft.leaving.map((each) => each.id))
      this.leaving = this.leaving.filter((person) => offered.has(person))
      remember(JSON.stringify({ draft: this.draft.draft, file: this.file }))
    } catch (error) {
      this.refused = problemOf(error)
      if (this.refused.code === 'import.gone') this.draft = null
    } finally {
      this.busy = false
    }
  }
}

export const importing = new Importing()
