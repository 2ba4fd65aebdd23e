/** The coded words of the server: categories, specialities, what to bring, risks. */
import { get } from './api'
import { look } from './look.svelte'
import type { Category, Said, Tables } from './wire'

class Words {
  tables = $state.raw<Tables | null>(null)
  #categories = $derived(new Map(this.tables?.categories.map((each) => [each.code, each])))
  #specialities = $derived(new Map(this.tables?.specialities.map((each) => [each.code, each])))

  async load(): Promise<void> {
    this.tables = await get<Tables>('/tables')
  }
  category(code: string): Category | undefined {
    return this.#categories.get(code)
  }
  speciality(code: string): string {
    return said(this.#specialities.get(code)) ?? code
  }
  bring(code: string): string {
    return said(this.tables?.bring[code]) ?? code
  }
  risk(code: string): string {
    return said(this.tables?.risks[code]) ?? code
  }
}

/** In the language of this seat. */
export function said(words: Said | undefined | null): string | undefined {
  return words?.[look.lang]
}
export const tables = new Words()
