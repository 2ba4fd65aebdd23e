/** The areas this page speaks. */
import { speak } from '../lib/spoken'
import { DRILL } from '../lib/words/drill'
import { CONSOLE } from '../lib/words/console'
import { DESK } from '../lib/words/desk'
import { SHARED } from '../lib/words/shared'

speak(CONSOLE, DESK, SHARED, DRILL)
