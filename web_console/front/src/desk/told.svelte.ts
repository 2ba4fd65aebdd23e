/** When what an act tells happened, and when the desk learned it; empty means just now. */
export class Told {
  happened = $state<number | null>(null)
  learned = $state<number | null>(null)

  /** As the server takes them (docs/api.md): only what was said. */
  get times(): { happened_at_ms?: number; learned_at_ms?: number } {
    return {
      ...(this.happened === null ? {} : { happened_at_ms: this.happened }),
      ...(this.learned === null ? {} : { learned_at_ms: this.learned }),
    }
  }

  /** Nothing is learned before it happened, nor entered before it was learned. */
  isWrong(now: number): boolean {
    return (this.learned ?? now) > now || (this.happened ?? 0) > (this.learned ?? now)
  }
}
