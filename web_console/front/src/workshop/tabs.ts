/** What the workshop offers, in order: a line each. A view brings its own `<main>`. */
import type { Component } from 'svelte'
import type { Word } from '../lib/words'

export type Tab = { id: string; word: Word; load: () => Promise<{ default: Component }> }
export const TABS: readonly Tab[] = [{ id: 'scripts', word: 'workshop.tab.scripts', load: () => import('./Scripts.svelte') }]
