/** Where this page stands: an exercise's pages stand under `/x/{id}`, the live realm's at the root. Nothing of the one is kept, asked or
 * sent under the other's name. */
export const ROOT: string = /^\/x\/[a-z0-9-]+/.exec(globalThis.location?.pathname ?? '')?.[0] ?? ''
export const isExercise = ROOT !== ''
