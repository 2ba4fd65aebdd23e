/** The areas this page speaks. */
import { speak } from '../lib/spoken'
import { DRILL } from '../lib/words/drill'
import { CALL } from '../lib/words/call'
import { LINK } from '../lib/words/link'
import { SHARED } from '../lib/words/shared'

speak(CALL, LINK, SHARED, DRILL)
