/** Work that is done again and again, as often as this machine bears: the map redraws thousands of marks each time it is told of one. */
const EVERY_MS = 1_000
/** After it was drawn, rest so many times as long as that took: where no graphics card draws, the page is the hand's first. */
const REST = 4
const REST_MOST_MS = 5_000
/** Drawing that takes longer than this is felt: it waits until the hand has rested for a moment, but not for ever. */
const FELT_MS = 100
const HAND_MS = 700
const HELD_MOST_MS = 5_000

/** Gives back, once it is drawn, whether there was anything to draw. */
type Work = () => Promise<boolean>

export class Pace {
  #key = ''
  #next: Work | null = null
  #asked = false
  #tookMs = 0
  /** When the last work began, and when it was drawn; null while it is. */
  #beganMs = -Infinity
  #drawnMs: number | null = -Infinity
  #waitsMs = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `handMs`: when a hand was last at work, by `performance.now()`. */
  constructor(private readonly handMs: () => number) {}

  /** With another `key` somebody asked for it: at once, unless drawing is felt here; else when it is time, the latest work only. */
  run(key: string, work: Work): void {
    if (this.#next === null) this.#waitsMs = performance.now()
    this.#asked ||= key !== this.#key
    this.#key = key
    this.#next = work
    this.#wait()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#next = null
  }

  #wait(): void {
    clearTimeout(this.#timer)
    if (this.#next === null || this.#drawnMs === null) return
    const left = this.#dueMs(this.#drawnMs) - performance.now()
    if (left <= 0) void this.#do(this.#next)
    else this.#timer = setTimeout(() => this.#wait(), left)
  }

  #dueMs(drawnMs: number): number {
    const rested = this.#asked ? 0 : Math.max(this.#beganMs + EVERY_MS, drawnMs + Math.min(REST * this.#tookMs, REST_MOST_MS))
    if (this.#tookMs <= FELT_MS) return rested
    return Math.max(rested, Math.min(this.handMs() + HAND_MS, this.#waitsMs + HELD_MOST_MS))
  }

  async #do(work: Work): Promise<void> {
    this.#next = null
    this.#asked = false
    this.#beganMs = performance.now()
    this.#drawnMs = null
    let isDrawn = false
    try {
      isDrawn = await work()
    } finally {
      this.#drawnMs = performance.now()
      if (isDrawn) this.#tookMs = this.#drawnMs - this.#beganMs
      this.#wait()
    }
  }
}
