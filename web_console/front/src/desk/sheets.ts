/** The sheets that can lie over the desk, one at a time: `desk.sheet` names the open one. */
import type { Component } from 'svelte'
import Keys from './Keys.svelte'

export const SHEETS = { keys: Keys } as const satisfies Record<string, Component<{ close: () => void }>>
export type SheetName = keyof typeof SHEETS
