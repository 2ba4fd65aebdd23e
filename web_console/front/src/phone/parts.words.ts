/** The areas that the parts of this page speak. */
import { speak } from '../lib/spoken'
import { CALL } from '../lib/words/call'
import { CONSENT } from '../lib/words/consent'
import { DEVICE } from '../lib/words/device'
import { GROUND } from '../lib/words/ground'
import { TASK } from '../lib/words/task'

speak(CALL, CONSENT, DEVICE, GROUND, TASK)
