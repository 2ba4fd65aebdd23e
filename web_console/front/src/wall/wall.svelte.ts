/** What a wall shows: the board without people that its link opens, page by page. */
import type { Realm } from '../lib/answers'
import { post, problemOf, type Problem } from '../lib/api'
import { itemsOf } from '../lib/feed'
import { Live } from '../lib/live.svelte'
import { now } from '../lib/now.svelte'
import { tables } from '../lib/tables.svelte'
import type { Incident, TeamState } from '../lib/wire'
import { OPEN_STAGES, pageAt, summed } from './sums'

type WallSession = { division: string; name: string; place: string; expires_ms: number; realm: Realm; topics: string[] }
type Forces = { teams: number; states: Partial<Record<TeamState, number>> }

class Wall {
  session = $state.raw<WallSession | null>(null)
  live = $state.raw<Live | null>(null)
  fault = $state.raw<Problem | null>(null)

  isOld = $derived(this.live !== null && this.live.heardMs > 0 && this.live.isOld(now.ms))
  isOver = $derived(this.live?.link === 'signed_out' || this.live?.link === 'gone')
  at = $derived((this.isOld ? (this.live?.heardMs ?? 0) : now.ms) + (this.live?.offset ?? 0))
  #topic = $derived(this.live?.topic(this.session?.topics[0] ?? '') ?? null)
  hasPicture = $derived(this.#topic !== null)
  incidents = $derived(
    itemsOf<Incident>(this.#topic, 'incident')
      .filter((each) => OPEN_STAGES.has(each.stage))
      .sort((a, b) => a.severity - b.severity || b.entered_ms - a.entered_ms),
  )
  forces = $derived(itemsOf<Forces>(this.#topic, 'forces')[0] ?? null)
  needs = $derived(summed(this.incidents))
  page = $derived(pageAt(this.incidents.length, now.ms))

  /** The link's secret is behind `#`: it is in no request line and no log. */
  async begin(): Promise<void> {
    try {
      await tables.load()
      this.session = await post<WallSession>('/wall/session', { token: location.hash.slice(1) })
    } catch (error) {
      this.fault = problemOf(error)
      return
    }
    this.live = new Live('/wall/feed', this.session.topics)
    this.live.start()
  }
}

export const wall = new Wall()
