/** The parts of this page, loaded behind its first picture. */
const AGAIN_MS = 3_000

class Later {
  parts = $state.raw<typeof import('./parts') | null>(null)

  async load(): Promise<void> {
    try {
      this.parts = await import('./parts')
    } catch {
      await this.#reload()
    }
  }

  /** A browser remembers, as long as the page lives, that a file did not come, and a newer version has others: the page begins anew
   * once the server answers. What was said is on its shelf. */
  async #reload(): Promise<never> {
    await new Promise((done) => setTimeout(done, AGAIN_MS))
    const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => null)
    if (!answer?.ok) return this.#reload()
    location.reload()
    return new Promise(() => undefined) // nothing more begins on the page that goes
  }
}
export const later = new Later()
