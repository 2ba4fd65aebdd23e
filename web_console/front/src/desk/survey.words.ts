/** The words of the survey, on the map as well. */
import { speak } from '../lib/spoken'
import { SURVEY } from '../lib/words/survey'

speak(SURVEY)
