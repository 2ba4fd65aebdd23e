/** Words on screen, in the language of this seat. */
import { look } from './look.svelte'
import { isSpoken, textOf } from './spoken'
import type { Word } from './words'

export type Filled = Record<string, string | number>

export function t(word: Word, facts: Filled = {}): string {
  const text: string = textOf(word)[look.lang === 'zh' ? 0 : 1]
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))
}

/** A word whose key is computed from a code. A code without a word is said to be another one, never shown as it is. */
export function coded(prefix: string, code: string, facts: Filled = {}): string {
  const key = `${prefix}.${code}`
  if (isSpoken(key)) return t(key, facts)
  const other = `${prefix}.other`
  return isSpoken(other) ? t(other, facts) : '—'
}

/** Several things in a row: 甲、乙 / A, B. */
export const listed = (texts: readonly string[]): string => texts.join(t('list.and'))

/** What holds of one screen row: 甲·乙 / A, B. */
export const dotted = (texts: readonly (string | null | undefined | false)[]): string =>
  texts.filter((text) => text).join(look.lang === 'zh' ? '·' : ', ')
