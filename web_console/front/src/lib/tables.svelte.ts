/** The coded words of the server: categories, specialities, what to bring, risks. */
import type { Category, Speciality, Tables } from './answers'
import { get } from './api'
import { look } from './look.svelte'
import { t } from './say'
import type { Said } from './wire'

class Words {
  tables = $state.raw<Tables | null>(null)
  #categories = $derived(new Map(this.tables?.categories.map((each) => [each.code, each])))
  #specialities = $derived(new Map(this.tables?.specialities.map((each) => [each.code, each])))

  async load(): Promise<void> {
    this.tables = await get<Tables>('/tables')
  }
  get categories(): Category[] {
    return this.tables?.categories ?? []
  }
  get specialities(): Speciality[] {
    return this.tables?.specialities ?? []
  }
  category(code: string): Category | undefined {
    return this.#categories.get(code)
  }
  kind(code: string): string {
    return said(this.#categories.get(code)) ?? t('list.code')
  }
  speciality(code: string): string {
    return said(this.#specialities.get(code)) ?? t('list.code')
  }
  order(code: string): string {
    return said(this.tables?.orders.find((each) => each.code === code)) ?? t('list.code')
  }
  /** Whether an order of this kind rings until it was read. */
  isLoud(code: string): boolean {
    return this.tables?.orders.find((each) => each.code === code)?.loud ?? false
  }
  danger(code: string): string {
    return said(this.tables?.dangers.find((each) => each.code === code)) ?? t('list.code')
  }
  bring(code: string): string {
    return said(this.tables?.bring[code]) ?? t('list.code')
  }
  risk(code: string): string {
    return said(this.tables?.risks[code]) ?? t('list.code')
  }
}

/** In the language of this seat. */
export function said(words: Said | undefined | null): string | undefined {
  return words?.[look.lang]
}
export const tables = new Words()
