/** The sheets that can lie over the desk, one at a time: `desk.sheet` names the open one. */
import type { Component } from 'svelte'
import CommandBox from './CommandBox.svelte'
import DirectorySheet from './DirectorySheet.svelte'
import ImportLater from './ImportLater.svelte'
import Keys from './Keys.svelte'
import DirectoryPaper from './paper/DirectoryPaper.svelte'
import HandoverPaper from './paper/HandoverPaper.svelte'
import IncidentPaper from './paper/IncidentPaper.svelte'
import RollPaper from './paper/RollPaper.svelte'
import LinksSheet from './LinksSheet.svelte'
import PlanSheet from './PlanSheet.svelte'
import RollSheet from './RollSheet.svelte'
import SoundsSheet from './SoundsSheet.svelte'
import SurveyLater from './SurveyLater.svelte'
import TiersSheet from './TiersSheet.svelte'
import WallsSheet from './WallsSheet.svelte'
import WarningsSheet from './WarningsSheet.svelte'
import WatchSheet from './WatchSheet.svelte'
import ZonesSheet from './ZonesSheet.svelte'

export const SHEETS = { keys: Keys, find: CommandBox, plan: PlanSheet, roll: RollSheet, rollPaper: RollPaper, incidentPaper: IncidentPaper, sounds: SoundsSheet, walls: WallsSheet, links: LinksSheet, import: ImportLater, watch: WatchSheet, tiers: TiersSheet, warnings: WarningsSheet, zones: ZonesSheet, survey: SurveyLater, handoverPaper: HandoverPaper, directory: DirectorySheet, directoryPaper: DirectoryPaper } as const satisfies Record<string, Component<{ close: () => void }>>
export type SheetName = keyof typeof SHEETS
