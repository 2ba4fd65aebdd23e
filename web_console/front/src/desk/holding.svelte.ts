/** Rows do not move under a hand: while the pointer or the keyboard is at work in a list, its order stands still. */
import { untrack } from 'svelte'
import { now } from '../lib/now.svelte'

const HOLD_MS = 4_000

/** `natural`: the keys as they would stand now. `shown`: as they stand for the eye; `isPending`: the two differ for the moment. */
export class Holding {
  #touchedMs = $state(0)
  #held = $state.raw<readonly string[]>([])
  #isHeld = $derived(now.ms - this.#touchedMs < HOLD_MS)
  #natural = $derived.by(() => this.natural())
  shown = $derived(this.#isHeld ? this.#held : this.#natural)
  isPending = $derived(this.#isHeld && this.#held.join() !== this.#natural.join())

  constructor(private readonly natural: () => readonly string[]) {}

  /** The pointer moves in the list, or a key is pressed there. */
  touch = (): void => {
    untrack(() => {
      if (!this.#isHeld) this.#held = this.#natural
    })
    this.#touchedMs = Date.now()
  }

  /** The pointer has left, or the officer wants the new order now. */
  release = (): void => {
    this.#touchedMs = 0
  }
}
