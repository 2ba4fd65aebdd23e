/** What the map is painted for: the seat's theme, or the colours that its system forces. */
import { look } from '../lib/look.svelte'

const query = matchMedia('(forced-colors: active)')
let isForced = $state(query.matches)
query.addEventListener('change', () => (isForced = query.matches))

export const paint = {
  get name(): string {
    return isForced ? 'forced' : look.theme
  },
}
