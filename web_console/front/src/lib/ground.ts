/** Marked ground in words, as a leader is told of it. Pure. */
import { distance, when } from './format'
import { look } from './look.svelte'
import type { Marked, Road } from './marked'
import { coded, dotted, listed, t } from './say'

/** Which stretch of which road. */
export function roadOf({ road, ends: [a, b], metres }: Road): string {
  const part = a && b ? t('zone.road.between', { a, b }) : a || b ? t('zone.road.from', { a: a || b }) : ''
  return dotted([road || t('zone.road.unnamed'), part, distance(metres)])
}

/** What it is, where a road is shut which, how deep, and who does not get through. That some do is no word of safety: it is left out. */
export const toldOf = (zone: Marked): string =>
  t('zone.told', {
    kind: coded('zone.kind', zone.kind),
    how: [
      coded('zone.what', zone.what),
      zone.road && roadOf(zone.road),
      zone.depth_cm !== null && t('zone.depth.is', { n: zone.depth_cm }),
      zone.shuts.length > 0 && t('zone.shuts.is', { modes: listed(zone.shuts.map((mode) => coded('zone.mode', mode))) }),
    ].filter((part) => part).join(t('zone.told.and')),
  })

/** How old that is, and until when it holds. */
export const seenOf = (zone: Marked, now: number): string => {
  const at = (ms: number): string => when(ms, now, look.lang)
  return dotted([t('zone.seen', { at: at(zone.seen_ms) }), zone.until_ms !== null && t('zone.until.is', { at: at(zone.until_ms) })])
}
