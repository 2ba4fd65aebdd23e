/** The areas this page speaks at once; `parts.words.ts`: those that come with its parts. */
import { speak } from '../lib/spoken'
import { DRILL } from '../lib/words/drill'
import { PHONE } from '../lib/words/phone'
import { QUEUE } from '../lib/words/queue'
import { SHARED } from '../lib/words/shared'

speak(PHONE, QUEUE, SHARED, DRILL)
