/** The sheets that can lie over the desk, one at a time: `desk.sheet` names the open one. */
import type { Component } from 'svelte'
import CommandBox from './CommandBox.svelte'
import Keys from './Keys.svelte'
import IncidentPaper from './paper/IncidentPaper.svelte'
import PlanSheet from './PlanSheet.svelte'
import SoundsSheet from './SoundsSheet.svelte'
import WallsSheet from './WallsSheet.svelte'

export const SHEETS = { keys: Keys, find: CommandBox, plan: PlanSheet, incidentPaper: IncidentPaper, sounds: SoundsSheet, walls: WallsSheet } as const satisfies Record<string, Component<{ close: () => void }>>
export type SheetName = keyof typeof SHEETS
