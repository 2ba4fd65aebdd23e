/** Undo and redo by whole pictures: a drill is small. Typing in one field within a moment is one step. */
const ONE_STEP_MS = 1_500
const MOST = 200

export class Past<T> {
  #before: T[] = []
  #after: T[] = []
  #tag = ''
  #atMs = 0

  constructor(public now: T) {}

  get canUndo(): boolean {
    return this.#before.length > 0
  }
  get canRedo(): boolean {
    return this.#after.length > 0
  }

  /** `tag`: what is changed; the same again at once belongs to the step before. "" is always a step of its own. */
  put(next: T, tag: string, atMs: number): void {
    const isSame = tag !== '' && tag === this.#tag && atMs - this.#atMs < ONE_STEP_MS && this.#before.length > 0
    if (!isSame) this.#before = [...this.#before, this.now].slice(-MOST)
    this.#after = []
    this.now = next
    this.#tag = tag
    this.#atMs = atMs
  }

  undo(): void {
    const before = this.#before.pop()
    if (before === undefined) return
    this.#after.push(this.now)
    this.now = before
    this.#tag = ''
  }

  redo(): void {
    const after = this.#after.pop()
    if (after === undefined) return
    this.#before.push(this.now)
    this.now = after
    this.#tag = ''
  }
}
