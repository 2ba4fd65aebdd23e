/** The sheets that can lie over the desk, one at a time: `desk.sheet` names the open one. */
import type { Component } from 'svelte'
import CommandBox from './CommandBox.svelte'
import Keys from './Keys.svelte'
import HandoverPaper from './paper/HandoverPaper.svelte'
import IncidentPaper from './paper/IncidentPaper.svelte'
import RollPaper from './paper/RollPaper.svelte'
import PlanSheet from './PlanSheet.svelte'
import RollSheet from './RollSheet.svelte'
import TiersSheet from './TiersSheet.svelte'
import WarningsSheet from './WarningsSheet.svelte'
import WatchSheet from './WatchSheet.svelte'
import ZonesSheet from './ZonesSheet.svelte'

export const SHEETS = { keys: Keys, find: CommandBox, plan: PlanSheet, roll: RollSheet, rollPaper: RollPaper, incidentPaper: IncidentPaper, watch: WatchSheet, tiers: TiersSheet, warnings: WarningsSheet, zones: ZonesSheet, handoverPaper: HandoverPaper } as const satisfies Record<string, Component<{ close: () => void }>>
/** What few open comes when it is opened: it asks the server for all it shows anyway. */
export const RARE = {
  stop: () => import('./StopSheet.svelte'),
  walls: () => import('./WallsSheet.svelte'),
  links: () => import('./LinksSheet.svelte'),
  import: () => import('./ImportSheet.svelte'),
  survey: () => import('./SurveySheet.svelte'),
  directory: () => import('./DirectorySheet.svelte'),
  directoryPaper: () => import('./paper/DirectoryPaper.svelte'),
  sounds: () => import('./SoundsSheet.svelte'),
} as const satisfies Record<string, () => Promise<{ default: Component<{ close: () => void }> }>>
export type SheetName = keyof typeof SHEETS | keyof typeof RARE
export const isRare = (name: SheetName): name is keyof typeof RARE => name in RARE
