/** The words of the forecast come with it. */
import { speak } from '../lib/spoken'
import { FORECAST } from '../lib/words/forecast'

speak(FORECAST)
