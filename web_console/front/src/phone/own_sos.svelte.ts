/** One's own SOS, from the moment it is said until the desk says that it is over. */
import type { MySos, SelfOut } from '../lib/safety'
import { tables } from '../lib/tables.svelte'
import { phone } from './phone.svelte'

/** Said, and not yet in the picture: for so long the page shows it by itself. */
const UNHEARD_MS = 60_000
const FINE_MS = 10_000

class OwnSos {
  #saidAt = $state<number | null>(null)
  #isFine = $state(false)
  /** As the server knows it. */
  known = $derived<MySos | null>((phone.self as SelfOut | null)?.sos ?? null)
  isFine = $derived(this.known?.fine_ms != null || this.#isFine)
  isOpen = $derived(this.known !== null || (this.#saidAt !== null && phone.at - this.#saidAt < UNHEARD_MS && !this.#isFine))
  /** Seconds in which a mistake is called off as one. */
  left = $derived(Math.ceil(((tables.tables?.terms.fine_ms ?? FINE_MS) - (phone.at - (this.known?.again_ms ?? this.#saidAt ?? 0))) / 1000))

  begin(): void {
    this.#isFine = false
    this.#saidAt = phone.at
  }

  sayFine(): void {
    this.#isFine = true
    phone.say('/me/sos/fine', {})
  }

  /** It is over once the desk says so. */
  end(): void {
    this.#saidAt = null
    this.#isFine = false
  }
}
export const ownSos = new OwnSos()
