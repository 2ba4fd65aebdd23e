/** Who of those called to the chosen incident has to go round what is shut now, or does not get there by road any more. */
import { get } from '../lib/api'

/** `seconds` null: no road leads there, the roads end `short_m` away. */
export type Detour = { call: string; seconds: number | null; short_m: number | null }

class Detours {
  #of = $state.raw<ReadonlyMap<string, Detour>>(new Map())
  #asked = 0

  of(call: string): Detour | null {
    return this.#of.get(call) ?? null
  }

  /** Of this incident; of none where nothing is shut. What is known stays where the server is not reached. */
  async want(incident: string, shut: string): Promise<void> {
    const asked = ++this.#asked
    if (shut === '') this.#of = new Map()
    else {
      const found = await get<Detour[]>(`/incidents/${incident}/detours`).catch(() => null)
      if (found && asked === this.#asked) this.#of = new Map(found.map((each) => [each.call, each]))
    }
  }
}

export const detours = new Detours()
