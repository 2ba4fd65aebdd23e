/** What was ticked before setting out: kept on this phone for the task in hand alone. Codes only, nothing personal. */
const KEPT = 'muster.phone.checks'

type Kept = { call: string; ticked: string[] }

export function ticksOf(call: string): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Kept>
    return kept.call === call && Array.isArray(kept.ticked) ? kept.ticked : []
  } catch {
    return []
  }
}

/** The next task takes the place of the last. */
export function keepTicks(call: string, ticked: readonly string[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ call, ticked }))
  } catch {
    // where nothing can be kept, the ticks live as long as the page
  }
}
