/** What is said of a verdict beside its word. */
import { countdown } from '../lib/format'
import { dotted, t } from '../lib/say'
import type { Measure } from './wire'

export function termOf(measure: Measure): string {
  const [took, term] = [measure.took_s, measure.term_s]
  const parts = [
    took !== null && term !== null ? t('verdict.took', { a: countdown(took * 1000), b: countdown(term * 1000) })
    : term !== null && measure.outcome === 'missed' ? t('verdict.late', { b: countdown(term * 1000) })
    : term !== null ? t('verdict.limit', { b: countdown(term * 1000) }) : null,
    measure.counted !== null && t('verdict.counted', { n: measure.counted }),
    measure.held_s !== null && t('verdict.held', { a: countdown(measure.held_s * 1000) }),
  ]
  return dotted(parts)
}
