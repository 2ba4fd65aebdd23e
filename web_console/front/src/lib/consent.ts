/** What somebody may agree to: weeks from now, hours of the day in China, how often. */
import { day, time } from './format'
import { t } from './say'
import type { Consent, Lang } from './wire'

export const WEEKS = [2, 4, 8, 26] as const
/** Minutes of the day; the same twice: at any hour. */
export const HOURS = [[0, 0], [480, 1080], [480, 1320], [1080, 1320]] as const
export const TIMES = [1, 2, 3, 6] as const
const WEEK_MS = 7 * 86_400_000
const DAWN_MS = -8 * 3_600_000

export type Choice = { weeks: number; hours: readonly [number, number]; times: number }
export const USUAL: Choice = { weeks: 4, hours: HOURS[2], times: 1 }

export const bodyOf = (choice: Choice, now: number) => ({
  from_ms: Math.round(now), until_ms: Math.round(now) + choice.weeks * WEEK_MS, hours: choice.hours, times: choice.times,
})

export const hoursText = ([from, until]: readonly [number, number]): string =>
  from === until ? t('consent.hours.any') : t('consent.hours.span', { from: time(DAWN_MS + from * 60_000), until: time(DAWN_MS + until * 60_000) })

export const isStanding = (consent: Consent | null, now: number): boolean => consent !== null && consent.withdrawn_ms === null && now < consent.until_ms

/** How they stand now, in a line. */
export function consentText(consent: Consent | null, now: number, lang: Lang): string {
  if (consent === null) return t('consent.none')
  if (consent.withdrawn_ms !== null) return t('consent.ended', { at: day(consent.withdrawn_ms, lang) })
  const text = t('consent.given', { from: day(consent.from_ms, lang), until: day(consent.until_ms, lang), hours: hoursText(consent.hours), n: consent.times })
  return now < consent.until_ms ? text : `${text} (${t('consent.ran_out')})`
}
