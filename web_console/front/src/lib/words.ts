/** Every word of the screens: Chinese first, as a duty officer says it; English beside it. `{x}` is filled in. By area in `words/`. */
import { CALL } from './words/call'
import { CHANNELS } from './words/channels'
import { CONSENT } from './words/consent'
import { CONSOLE } from './words/console'
import { DESK } from './words/desk'
import { DEVICE } from './words/device'
import { DRILL } from './words/drill'
import { EXERCISES } from './words/exercises'
import { FORECAST } from './words/forecast'
import { FORMS } from './words/forms'
import { GROUND } from './words/ground'
import { IMPORTS } from './words/imports'
import { LINK } from './words/link'
import { PHONE } from './words/phone'
import { PLACE } from './words/place'
import { QUEUE } from './words/queue'
import { REPLAY } from './words/replay'
import { SAFETY } from './words/safety'
import { SHARED } from './words/shared'
import { SURVEY } from './words/survey'
import { TASK } from './words/task'
import { TOLD } from './words/told'
import { TRAINER } from './words/trainer'
import { SCRIPT } from './words/script'
import { WATCH } from './words/watch'
import { WHY } from './words/why'
import { ZONES } from './words/zones'

export const AREAS = [SHARED, CHANNELS, CONSOLE, DESK, FORMS, IMPORTS, TOLD, WATCH, WHY, SAFETY, PHONE, CALL, TASK, LINK, QUEUE, DEVICE, PLACE, GROUND, ZONES, SURVEY, FORECAST, CONSENT, REPLAY, DRILL, EXERCISES, TRAINER, SCRIPT]
const EVERY = { ...SHARED, ...CHANNELS, ...CONSOLE, ...DESK, ...FORMS, ...IMPORTS, ...TOLD, ...WATCH, ...WHY, ...SAFETY, ...PHONE, ...CALL, ...TASK, ...LINK, ...QUEUE, ...DEVICE, ...PLACE, ...GROUND, ...ZONES, ...SURVEY, ...FORECAST, ...CONSENT, ...REPLAY, ...DRILL, ...EXERCISES, ...TRAINER, ...SCRIPT } satisfies Record<string, readonly [zh: string, en: string]>

export type Word = keyof typeof EVERY
/** By key, as plain pairs: with over a thousand literal texts the checker gives up on their union. */
export const WORDS: Readonly<Record<Word, readonly [zh: string, en: string]>> = EVERY
