/** The desk speaks all areas. */
import { speak } from '../lib/spoken'
import { AREAS } from '../lib/words'

speak(...AREAS)
