/** What posts are rung on, whoever is on watch: an office's numbers, kept for as long as the page, through a lost network too. */
import { get } from '../lib/api'
import type { Tier } from '../lib/wire'

type PostNumbers = { division: string; name: string; tier: Tier; phones: readonly string[] }

class Posts {
  #phones = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map())

  /** At every opening of a sheet that shows them; where the network is gone the last ones stand. */
  async load(): Promise<void> {
    await get<{ posts: PostNumbers[] }>('/posts').then(
      ({ posts }) => (this.#phones = new Map(posts.map((each) => [each.division, each.phones]))),
      () => undefined, // the last ones stand
    )
  }

  of(division: string): readonly string[] {
    return this.#phones.get(division) ?? []
  }
}

export const posts = new Posts()
