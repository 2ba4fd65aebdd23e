/** What the workshop offers, in order: a line each. A view brings its own `<main>`. */
import type { Component } from 'svelte'
import type { Word } from '../lib/words'

/** `in`: of which kind of realm only. */
export type Tab = { id: string; word: Word; in?: string; load: () => Promise<{ default: Component }> }
export const TABS: readonly Tab[] = [
  { id: 'scripts', word: 'workshop.tab.scripts', load: () => import('./Scripts.svelte') },
  { id: 'exercises', word: 'workshop.tab.exercises', in: 'live', load: () => import('./exercises/Exercises.svelte') },
]
