/** Words on screen, in the language of this seat. */
import { look } from './look.svelte'
import { WORDS, type Word } from './words'

export function t(word: Word, facts: Record<string, string | number> = {}): string {
  const text: string = WORDS[word][look.lang === 'zh' ? 0 : 1]
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))
}

/** A word whose key is computed from a code; an unknown code is shown as it is, not hidden. */
export function coded(prefix: string, code: string, facts: Record<string, string | number> = {}): string {
  const key = `${prefix}.${code}`
  return key in WORDS ? t(key as Word, facts) : code
}
