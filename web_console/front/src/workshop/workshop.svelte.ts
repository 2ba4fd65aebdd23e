/** Where in the workshop: a tab, and what is open in it, as the address says (`#scripts/fire-2`), so that a reload stays there. */
import { TABS } from './tabs'

class Workshop {
  tab = $state(TABS[0]!.id)
  /** What is open in the tab; "" for its list. */
  open_ = $state('')
  /** Whether it may be left: asked before anything else is opened. */
  mayLeave: () => boolean = () => true

  constructor() {
    this.follow()
  }

  open(tab: string, what = ''): void {
    if (!this.mayLeave()) return
    location.hash = what === '' ? tab : `${tab}/${what}`
  }

  /** As the address has it. */
  follow(): void {
    const [tab = '', what = ''] = location.hash.slice(1).split('/')
    this.tab = TABS.some((each) => each.id === tab) ? tab : TABS[0]!.id
    this.open_ = decodeURIComponent(what)
  }
}

export const workshop = new Workshop()
