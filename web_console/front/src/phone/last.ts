/** The last picture, for a start without a network: who this is, and the task in hand. Wiped with the task. */
import type { PhoneSession, Tables } from '../lib/answers'
import { Shelf } from '../lib/kept'

export type Last = { session: PhoneSession; tables: Tables; items: [string, unknown][]; at_ms: number; offset: number }

const KEY = 'last'
const shelf = new Shelf<Last>('phone.last')

export const lastPicture = (): Promise<Last | null> => shelf.get(KEY)
export const keepPicture = (last: Last): Promise<boolean> => shelf.put(KEY, last)
export const wipePicture = (): Promise<void> => shelf.drop(KEY)
