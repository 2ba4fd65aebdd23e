/** What posts are rung on, whoever is on watch: an office's numbers, kept for as long as the page, through a lost network too. */
import { get } from '../lib/api'
import { covers } from '../lib/tiers'
import type { Tier } from '../lib/wire'

type PostNumbers = { division: string; name: string; tier: Tier; phones: readonly string[] }

class Posts {
  #all = $state.raw<readonly PostNumbers[]>([])

  /** At every opening of a sheet that shows them; where the network is gone the last ones stand. */
  async load(): Promise<void> {
    await get<{ posts: PostNumbers[] }>('/posts').then(
      (found) => (this.#all = found.posts),
      () => undefined, // the last ones stand
    )
  }

  of(division: string): readonly string[] {
    return this.#all.find((each) => each.division === division)?.phones ?? []
  }

  /** The posts over a division, the nearest first. */
  over(division: string): PostNumbers[] {
    return this.#all.filter((each) => covers(each.division, division)).sort((a, b) => b.division.length - a.division.length)
  }
}

export const posts = new Posts()
