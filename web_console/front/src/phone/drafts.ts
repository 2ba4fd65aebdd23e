/** A report of a danger half written, by task: kept on this phone through a call that fills the screen and through a reload. */
import { Shelf } from '../lib/kept'

export type Draft = { kind: string; words: string; photo: Blob | null }
const shelf = new Shelf<Draft>('phone.danger')

export const draftOf = (call: string): Promise<Draft | null> => shelf.get(call)

/** Until it is sent: an empty one is none. */
export async function keepDraft(call: string, draft: Draft): Promise<void> {
  if (draft.kind === '' && draft.words === '' && draft.photo === null) await shelf.drop(call)
  else await shelf.put(call, draft)
}

/** Those of tasks that are over leave this phone, as the tasks do. */
export async function dropDrafts(isOver: (call: string) => boolean): Promise<void> {
  for (const [call] of await shelf.all()) if (isOver(call)) await shelf.drop(call)
}
