/** How the desk folds: on a narrower screen the timeline becomes a tab beside the incident, so that the map keeps its height. */
const FOLDED = '(min-width: 1181px) and (max-width: 1280px)'

class Folding {
  isFolded = $state(false)
  /** Which tab of the right side is open while it is folded. */
  side = $state<'incident' | 'log'>('incident')

  constructor() {
    const width = matchMedia(FOLDED)
    this.isFolded = width.matches
    width.addEventListener('change', () => (this.isFolded = width.matches))
  }
}

export const folding = new Folding()
