/** Who sits where: 李江（云城区 值班员）. */
import { coded, t } from '../../lib/say'
import type { Officer } from './wire'

/** A trainer of an exercise does not only look on. */
export const roleOf = (officer: Officer): string => (officer.role === 'trainer' ? t('exercises.trainer') : coded('role', officer.role))
export const seatOf = (officer: Officer): string => t('exercises.seat', { name: officer.name, what: roleOf(officer), at: officer.at })
