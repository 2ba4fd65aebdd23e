/** How a channel outside is, in words. */
import { coded, dotted, t } from '../lib/say'
import type { Way } from './ringing'

export const dottedWay = (way: Way): string =>
  t('way.state', {
    name: coded('way', way.name),
    state: dotted([coded('way', way.state), way.state === 'ok' && way.signal === 'weak' && t('way.weak'), way.waiting > 0 && t('way.waiting', { n: way.waiting })]),
  })
