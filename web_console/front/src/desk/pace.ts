/** Work that is done again and again, at most once a second: the map redraws thousands of marks each time it is told of one. */
const EVERY_MS = 1_000

export class Pace {
  #key = ''
  #doneMs = -EVERY_MS
  #next: (() => void) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  /** At once when `key` is another, for then somebody asked for it; else when the second is over, the latest work only. */
  run(key: string, work: () => void): void {
    this.#next = work
    if (key !== this.#key) this.#do()
    else this.#timer ??= setTimeout(() => this.#do(), Math.max(0, this.#doneMs + EVERY_MS - performance.now()))
    this.#key = key
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #do(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#doneMs = performance.now()
    this.#next?.()
    this.#next = null
  }
}
