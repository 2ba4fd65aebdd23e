/** How far something lies from a place: at its very door a figure says no more than that. */
import { distance } from '../lib/format'
import { t } from '../lib/say'

const DOOR_M = 50

export const away = (metres: number): string => (metres < DOOR_M ? t('distance.door') : distance(metres))
