/** The teams of a board: who they are comes once by HTTP, how they stand by the feed. */
import { get } from '../lib/api'
import type { KnownTeam, Standing, Team, TeamState } from '../lib/wire'

/** A list of teams, and which version of it the board goes by. */
export type TeamList = { version: string; teams: readonly KnownTeam[] }

const AGAIN_MS = 3_000
/** How a team stands of which the feed says nothing (docs/socket.md). */
const AT_REST: Standing = { state: 'available', incident: null, availability: 'available', until_ms: null, reach: 'asleep', phones: 0, tested: 0 }

/** The teams as they stand, in the order of the list. A team that stands as before is the very value it was. */
export class Joined {
  #before = new Map<string, { known: KnownTeam; said: Partial<Standing> | undefined; team: Team }>()

  of(list: readonly KnownTeam[], said: (id: string) => Partial<Standing> | undefined): Team[] {
    const before = this.#before
    this.#before = new Map()
    return list.map((known) => {
      const [was, now] = [before.get(known.id), said(known.id)]
      const kept = was?.known === known && was.said === now ? was : { known, said: now, team: { ...known, ...AT_REST, ...now } }
      this.#before.set(known.id, kept)
      return kept.team
    })
  }
}

export const countedBy = (teams: readonly Team[]): Map<TeamState, number> => {
  const counts = new Map<TeamState, number>()
  for (const team of teams) counts.set(team.state, (counts.get(team.state) ?? 0) + 1)
  return counts
}

/** The list in force: fetched when the board names another version than the one held, and again until it comes. */
export class Lists {
  held = $state.raw<TeamList | null>(null)
  #asked = ''
  #again: number | undefined

  want(division: string, version: string | undefined): void {
    if (version === undefined || version === this.#asked) return
    this.#asked = version
    window.clearTimeout(this.#again)
    void this.#fetch(division, version)
  }

  async #fetch(division: string, version: string): Promise<void> {
    try {
      const list = await get<TeamList>(`/divisions/${division}/teams`)
      if (this.#asked === version) this.held = { version: list.version, teams: inOrder(list.teams) }
    } catch {
      if (this.#asked === version) this.#again = window.setTimeout(() => void this.#fetch(division, version), AGAIN_MS)
    }
  }
}

/** By station, then by name: sorted once, not with every change. */
function inOrder(teams: readonly KnownTeam[]): KnownTeam[] {
  const by = new Intl.Collator('zh', { numeric: true })
  return teams.toSorted((a, b) => by.compare(a.station_name, b.station_name) || by.compare(a.name, b.name))
}
