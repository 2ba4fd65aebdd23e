/** What the command box finds for what was typed: acts that can be done now, incidents, teams, stations. Pure but for the words. */
import { fit } from '../lib/initials'
import { textOf } from '../lib/spoken'
import type { Word } from '../lib/words'

export type Found = { id: string; kind: 'act' | 'incident' | 'team' | 'station'; label: string; also: string; key?: string; run: () => void | Promise<void> }
/** Something that can be found: by its label and by other words. */
export type Findable = Found & { words: string }

const SHOWN = 40
const KINDS = ['act', 'incident', 'team', 'station'] as const

/** The best first; at one rank acts before incidents before teams before stations. With nothing typed, acts and incidents. */
export function find(all: readonly Findable[], query: string): Found[] {
  const typed = query.trim()
  const ranked = all.flatMap((each) => {
    if (typed === '') return each.kind === 'act' || each.kind === 'incident' ? [{ each, rank: 0 }] : []
    const rank = fit(each.label, typed) ?? (fit(each.words, typed) === null ? null : 4)
    return rank === null ? [] : [{ each, rank }]
  })
  return ranked
    .sort((a, b) => a.rank - b.rank || KINDS.indexOf(a.each.kind) - KINDS.indexOf(b.each.kind) || byName(a.each, b.each))
    .slice(0, SHOWN)
    .map(({ each }) => each)
}

/** Teams and stations by name, so that no answer of a leader moves a row; acts and incidents as they were given. */
function byName(a: Findable, b: Findable): number {
  return a.kind === 'team' || a.kind === 'station' ? a.label.localeCompare(b.label, 'zh', { numeric: true }) : 0
}

/** Both languages of a word: an act is found by either. */
export const bothWords = (word: Word): string => textOf(word).join(' ')
