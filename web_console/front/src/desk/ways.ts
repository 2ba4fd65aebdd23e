/** The list to ring in words: how a channel outside is, why a row stands there. */
import { coded, dotted, t } from '../lib/say'
import { tables } from '../lib/tables.svelte'
import type { ToRing, Way } from './ringing'

export const dottedWay = (way: Way): string =>
  t('way.state', {
    name: coded('way', way.name),
    state: dotted([coded('way', way.state), way.state === 'ok' && way.signal === 'weak' && t('way.weak'), way.waiting > 0 && t('way.waiting', { n: way.waiting })]),
  })

export const whyOf = (row: ToRing): string => (row.why === 'order' ? t('ring.why.order', { kind: tables.order(row.order) }) : t(`ring.why.${row.why}`))
