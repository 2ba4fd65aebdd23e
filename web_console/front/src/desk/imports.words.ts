/** The words of the sheet of imports come with it. */
import { speak } from '../lib/spoken'
import { IMPORTS } from '../lib/words/imports'

speak(IMPORTS)
