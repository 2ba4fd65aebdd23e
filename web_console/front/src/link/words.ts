/** The areas this page speaks. */
import { speak } from '../lib/spoken'
import { CHANNELS } from '../lib/words/channels'
import { PHONE } from '../lib/words/phone'
import { SHARED } from '../lib/words/shared'

speak(CHANNELS, PHONE, SHARED)
