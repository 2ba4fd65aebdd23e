/** What an officer can do from anywhere at the desk: one table for the keys, for `?` and for the command box. */
import { tick } from 'svelte'
import type { Word } from '../lib/words'
import { desk } from './desk.svelte'

export type DeskCommand = {
  word: Word
  /** A letter that acts outside text fields; as it is printed in the table of keys. */
  key?: string
  /** Whether it can be done now. */
  when: () => boolean
  run: () => void | Promise<void>
}

export const COMMANDS: readonly DeskCommand[] = [
  { word: 'board.raise', key: 'N', when: () => desk.commands && desk.report === null, run: () => desk.startReport() },
  { word: 'cmd.find', key: 'F', when: () => !desk.isKeeper, run: findTeam },
  { word: 'cmd.keys', key: '?', when: () => true, run: () => void (desk.sheet = 'keys') },
]

/** The command of a key press, or null. Never while an input method is composing, in a field, or under an open sheet. */
export function commandFor(event: KeyboardEvent): DeskCommand | null {
  const target = event.target as HTMLElement
  if (event.isComposing || event.keyCode === 229 || target.closest('input, textarea, select, [contenteditable]')) return null
  if (event.ctrlKey || event.metaKey || event.altKey || desk.sheet !== null) return null
  const key = event.key.toUpperCase()
  return COMMANDS.find((each) => each.key === key && each.when()) ?? null
}

async function findTeam(): Promise<void> {
  desk.tab = 'teams'
  await tick()
  document.querySelector<HTMLInputElement>('[data-find]')?.focus()
}
