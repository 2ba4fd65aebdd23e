/** The areas this page speaks. */
import { speak } from '../lib/spoken'
import { AREAS } from '../lib/words'

speak(...AREAS)
