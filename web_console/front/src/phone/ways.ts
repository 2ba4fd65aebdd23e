/** The ways to tasks in hand, by task and mode, as they were last fetched: for when there is no network. They go with their task. */
import { Shelf } from '../lib/kept'
import type { Mode } from '../lib/modes'
import type { Way } from '../lib/way'

/** `at_ms`: when it was fetched, in server time; `ground`: the marks of the marked ground this phone then knew of, "" where there was none. */
export type KeptWay = { way: Way; at_ms: number; ground?: string }
const shelf = new Shelf<KeptWay>('phone.ways')

export const keptWay = (call: string, mode: Mode): Promise<KeptWay | null> => shelf.get(`${call}/${mode}`)
export const keepWay = (call: string, kept: KeptWay): Promise<boolean> => shelf.put(`${call}/${kept.way.mode}`, kept)

export async function dropWays(isOver: (call: string) => boolean): Promise<void> {
  for (const [key] of await shelf.all()) if (isOver(key.slice(0, key.lastIndexOf('/')))) await shelf.drop(key)
}
