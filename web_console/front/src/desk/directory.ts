/** The call directory: numbers that are kept nowhere but in the open sheet. */
import { fit } from '../lib/initials'
import type { Tier } from '../lib/wire'
import type { Watch } from './watch'

export type Contact = { id: string; name: string | null; role: string; phone: string | null; simulated?: boolean; leads?: true }
export type DirectoryAnswer = {
  posts: { division: string; name: string; tier: Tier; phones: string[]; leader: Contact | null; officers: Contact[] }[]
  teams: { id: string; name: string; people: Contact[] }[]
}
/** A post or a team with those to ring; `phones`: what a post itself is rung on, before anybody's own number. */
export type Entry = { id: string; kind: 'post' | 'team'; name: string; phones: readonly string[]; people: readonly Contact[] }

/** A number as it is dialled: 0717-6221234 is 07176221234. */
export const dial = (number: string): string => number.replaceAll(/[\s-]/g, '')

/** Posts from the city down, then teams. */
export const entriesOf = (answer: DirectoryAnswer): Entry[] => [
  ...answer.posts.map((post): Entry => ({ id: post.division, kind: 'post', name: post.name, phones: post.phones, people: [...(post.leader ? [{ ...post.leader, leads: true } as const] : []), ...post.officers] })),
  ...answer.teams.map((team): Entry => ({ id: team.id, kind: 'team', name: team.name, phones: [], people: team.people })),
]

/** By characters, pinyin or initials of the post, the team or the person; by digits of a number. The best first, else as they were. */
export function entriesFor(entries: readonly Entry[], query: string): Entry[] {
  const typed = query.trim()
  if (typed === '') return [...entries]
  const ranked = entries.flatMap((entry, i) => {
    const ranks = [entry.name, ...entry.people.map((each) => each.name ?? '')].map((text) => (text === '' ? null : fit(text, typed))).filter((rank) => rank !== null)
    const byNumber = /^[\d-]{3,}$/.test(typed) && [...entry.phones, ...entry.people.map((each) => each.phone ?? '')].some((number) => dial(number).includes(dial(typed)))
    return ranks.length > 0 || byNumber ? [{ entry, rank: byNumber ? 0 : Math.min(...ranks), i }] : []
  })
  return ranked.sort((a, b) => a.rank - b.rank || a.i - b.i).map(({ entry }) => entry)
}

/** What somebody of a post does tonight: the word for it, or null. */
export const standing = (watch: Watch | null, person: Contact): 'watch.holder' | 'watch.leads' | null =>
  watch?.officer === person.id ? 'watch.holder' : person.leads || watch?.leader?.officer === person.id ? 'watch.leads' : null
