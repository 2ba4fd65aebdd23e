/** The areas this page speaks. */
import { speak } from '../lib/spoken'
import { CHANNELS } from '../lib/words/channels'
import { DEVICE } from '../lib/words/device'
import { FORMS } from '../lib/words/forms'
import { PHONE } from '../lib/words/phone'
import { PLACE } from '../lib/words/place'
import { QUEUE } from '../lib/words/queue'
import { SAFETY } from '../lib/words/safety'
import { SHARED } from '../lib/words/shared'

speak(CHANNELS, DEVICE, FORMS, PHONE, PLACE, QUEUE, SAFETY, SHARED)
