/** The words of this page. A page brings the areas it speaks: a phone on a bad line waits for no word of the desk. */
import type { Word } from './words'

export type Text = readonly [zh: string, en: string]
const SPOKEN: Record<string, Text> = {}

/** For a page's `words.ts`, which comes before all that speaks. */
export function speak(...areas: readonly Readonly<Record<string, Text>>[]): void {
  Object.assign(SPOKEN, ...areas)
}

export const isSpoken = (key: string): key is Word => key in SPOKEN

/** Chinese, English. A word of an area the page does not speak is a fault that `words.pages.test.ts` finds. */
export function textOf(word: Word): Text {
  const found = SPOKEN[word]
  if (!found) throw new Error(`this page does not speak ${word}`)
  return found
}
