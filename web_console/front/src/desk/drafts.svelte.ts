/** Orders that could not be given: they call people or change a level, so nothing sends them but an officer's own press. */
import { Shelf } from '../lib/kept'
import type { Word } from '../lib/words'
import type { Form } from './acts'
import { desk } from './desk.svelte'

export type Draft = { officer: string; incident: string; name: string; word: Word; form: Form; at: number }

class Drafts {
  rows = $state.raw<readonly Draft[]>([])
  /** Whether the last one will survive the page. */
  isSafe = $state(true)
  mine = $derived(this.rows.filter((each) => each.officer === desk.session?.officer.id))
  #shelf = new Shelf<Draft>('desk-drafts')

  listen(): void {
    void this.#shelf.all().then((rows) => (this.rows = rows.map(([, draft]) => draft)))
  }

  async put(word: Word, form: Form): Promise<void> {
    const incident = desk.incident
    if (!incident) return
    const draft: Draft = { officer: desk.session?.officer.id ?? '', incident: incident.id, name: incident.name, word, form, at: Math.round(desk.at) }
    this.isSafe = await this.#shelf.put(keyOf(draft), draft)
    this.rows = [...this.rows.filter((each) => keyOf(each) !== keyOf(draft)), draft]
  }

  async drop(incident: string, word: Word): Promise<void> {
    this.rows = this.rows.filter((each) => each.incident !== incident || each.word !== word)
    await this.#shelf.drop(keyOf({ incident, word }))
  }

  of(incident: string, word: Word): Draft | null {
    return this.mine.find((each) => each.incident === incident && each.word === word) ?? null
  }
}

const keyOf = (draft: Pick<Draft, 'incident' | 'word'>): string => `${draft.incident} ${draft.word}`

export const drafts = new Drafts()
