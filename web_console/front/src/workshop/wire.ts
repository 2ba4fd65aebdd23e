/** Rows of the library (docs/api.md). */
import type { Said } from '../lib/wire'

export type ScriptRow = {
  id: string; revision: string; shipped: boolean; faults: number; zh: string; en: string; injects: number; objectives: Said[]
  lasts_min: number; where: 'registry' | 'made_up' | ''; same: number; no_notice?: boolean; form?: string; aim?: string
}
