/** What an officer can do from anywhere at the desk: one table for the keys, for `?` and for the command box. */
import { tick } from 'svelte'
import type { Word } from '../lib/words'
import { acting } from './acting.svelte'
import { desk } from './desk.svelte'
import { folding } from './folding.svelte'
import { hearing } from './hearing.svelte'
import { focusList, focusPart } from './moving'
import { undo } from './undo.svelte'

export type DeskCommand = {
  word: Word
  /** What is pressed, as it is printed in the table of keys: a letter that acts outside text fields, or two one after the other. */
  key?: string
  /** The key as the browser names it, where that is not what is printed. */
  pressed?: readonly string[]
  /** Whether it can be done now. */
  when: () => boolean
  run: () => void | Promise<void>
}

/** What may be done while a replay is looked at: to look. */
const LOOKING = new Set<Word>(['cmd.next', 'cmd.previous', 'cmd.only.1', 'cmd.only.2', 'cmd.only.3', 'cmd.only.4', 'cmd.map', 'cmd.board', 'cmd.dossier', 'cmd.log', 'cmd.up', 'cmd.down', 'cmd.keys', 'zones.title', 'warn.title'])

const always = (): boolean => true
const LEADS = ['act.take_over', 'act.accept_back', 'act.offer_back', 'act.withdraw', 'act.ask'] as const
const CALLS = ['act.wave', 'act.approve', 'act.order', 'act.order.again'] as const

/** The first of these acts that the chosen incident offers. */
const act = (...words: Word[]): Pick<DeskCommand, 'when' | 'run'> => ({
  when: () => acting.act(...words) !== null && desk.report === null,
  run: () => acting.press(acting.act(...words)!),
})

export const COMMANDS: readonly DeskCommand[] = [
  { word: 'board.raise', key: 'N', when: () => desk.commands && desk.report === null, run: () => desk.startReport() },
  { word: 'cmd.box', key: '/', pressed: ['/', '、'], when: always, run: () => void (desk.sheet = 'find') },
  { word: 'cmd.find', key: 'F', when: () => !desk.isKeeper, run: findTeam },
  { word: 'cmd.next', key: 'J', pressed: ['J', 'ARROWDOWN'], when: always, run: () => focusList(1) },
  { word: 'cmd.previous', key: 'K', pressed: ['K', 'ARROWUP'], when: always, run: () => focusList(-1) },
  ...([1, 2, 3, 4] as const).map((level): DeskCommand => ({ word: `cmd.only.${level}`, key: String(level), when: always, run: () => desk.filter(level) })),
  { word: 'cmd.map', key: 'G M', when: always, run: () => focusPart('map') },
  { word: 'cmd.board', key: 'G B', when: always, run: () => focusPart('board') },
  { word: 'cmd.dossier', key: 'G D', when: always, run: showDossier },
  { word: 'cmd.log', key: 'G L', when: () => !desk.isKeeper, run: showLog },
  { word: 'cmd.call', key: 'A', ...act(...CALLS) },
  { word: 'cmd.why', key: 'W', when: () => (desk.incident?.waves.length ?? 0) > 0 && !desk.isKeeper, run: () => void (desk.why = !desk.why) },
  { word: 'roll.title', key: 'R', when: () => desk.commands && desk.incident !== null && desk.report === null, run: () => void (desk.sheet = 'roll') },
  { word: 'act.level', key: 'L', ...act('act.level') },
  { word: 'cmd.lead', key: 'T', ...act(...LEADS) },
  { word: 'cmd.heard', key: 'Q', when: () => hearing.waiting.length > 0, run: () => hearing.acknowledge() },
  { word: 'undo.press', key: 'Z', when: () => undo.isOpen && undo.offer?.path != null, run: () => undo.back() },
  { word: 'cmd.print', key: 'P', when: () => desk.incident !== null && !desk.isKeeper, run: () => void (desk.sheet = 'incidentPaper') },
  { word: 'cmd.up', key: '[', pressed: ['[', '【'], when: () => desk.tier(-1) !== null, run: () => void (desk.post = desk.tier(-1)!) },
  { word: 'cmd.down', key: ']', pressed: [']', '】'], when: () => desk.tier(1) !== null, run: () => void (desk.post = desk.tier(1)!) },
  { word: 'directory.title', key: 'C', when: () => desk.commands, run: () => void (desk.sheet = 'directory') },
  { word: 'watch.title', key: 'H', when: () => !desk.isKeeper, run: () => void (desk.sheet = 'watch') },
  { word: 'tiers.title', key: 'B', when: () => !desk.isKeeper, run: () => void (desk.sheet = 'tiers') },
  { word: 'warn.title', key: 'Y', when: () => !desk.isKeeper, run: () => void (desk.sheet = 'warnings') },
  { word: 'zones.title', key: 'X', when: () => !desk.isKeeper, run: () => void (desk.sheet = 'zones') },
  { word: 'survey.title', when: () => !desk.isKeeper, run: () => void (desk.sheet = 'survey') },
  { word: 'paper.handover', when: () => !desk.isKeeper, run: () => void (desk.sheet = 'handoverPaper') },
  { word: 'import.title', key: 'I', when: () => desk.isKeeper || desk.commands, run: () => void (desk.sheet = 'import') },
  { word: 'replay.title', key: 'V', when: () => !desk.isKeeper && desk.report === null && desk.marking === null, run: () => desk.replay(desk.chosen) },
  { word: 'ring.title', key: 'D', when: () => !desk.isKeeper, run: () => void (desk.tab = 'ring') },
  { word: 'links.title', key: 'U', when: () => desk.commands && desk.incident?.mobilization != null && !desk.incident.over, run: () => void (desk.sheet = 'links') },
  { word: 'sounds.title', when: always, run: () => void (desk.sheet = 'sounds') },
  { word: 'walls.title', when: () => desk.commands && desk.session?.officer.post.tier !== 'township', run: () => void (desk.sheet = 'walls') },
  { word: 'cmd.keys', key: '?', pressed: ['?', '？'], when: always, run: () => void (desk.sheet = 'keys') },
]

const IN_LISTS = new Set(['ARROWDOWN', 'ARROWUP'])
/** The first of two keys was pressed. */
let first = ''

/** The command of a key press, or null. Never while an input method is composing, in a field, or under an open sheet. */
export function commandFor(event: KeyboardEvent): DeskCommand | null {
  if (event.isComposing || event.keyCode === 229 || desk.sheet !== null) return null
  const key = event.key.toUpperCase()
  if (key === 'K' && (event.ctrlKey || event.metaKey) && !event.altKey) return desk.past ? null : COMMANDS.find((each) => each.word === 'cmd.box')!
  const target = event.target as HTMLElement
  if (target.closest('input, textarea, select, [contenteditable], [role=dialog]')) return null
  if (event.ctrlKey || event.metaKey || event.altKey || key === 'SHIFT') return null
  if (IN_LISTS.has(key) && !target.closest('[data-list]')) return null // elsewhere the arrows scroll, and move the map
  const begun = first
  first = begun === '' && key === 'G' ? key : ''
  const pressed = begun === '' ? key : `${begun} ${key}`
  return COMMANDS.find((each) => (each.pressed ?? [each.key]).includes(pressed) && isOpen(each)) ?? null
}

async function showDossier(): Promise<void> {
  folding.side = 'incident'
  await tick()
  focusPart('dossier')
}

/** Where the timeline is folded away its tab opens first. */
async function showLog(): Promise<void> {
  folding.side = 'log'
  await tick()
  focusPart('log')
}

async function findTeam(): Promise<void> {
  desk.tab = 'teams'
  await tick()
  document.querySelector<HTMLInputElement>('[data-find]')?.focus()
}

/** Whether a command can be given now: in a replay only what looks. */
export const isOpen = (command: DeskCommand): boolean => command.when() && (desk.past === null || LOOKING.has(command.word))
