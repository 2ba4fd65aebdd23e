/** What this seat chose: language and theme, kept in this browser. */
import { remember, remembered } from './remembered'
import type { Lang } from './wire'

type Theme = 'night' | 'day'

class Look {
  lang = $state<Lang>(remembered('muster.lang') === 'en' ? 'en' : 'zh')
  theme = $state<Theme>(remembered('muster.theme') === 'day' ? 'day' : 'night')

  /** Larger type, for older eyes: on the phone only. */
  large = $state(remembered('muster.large') === 'yes')

  constructor() {
    this.#show()
  }
  switchLang(): void {
    this.lang = this.lang === 'zh' ? 'en' : 'zh'
    this.#show()
  }
  switchTheme(): void {
    this.theme = this.theme === 'night' ? 'day' : 'night'
    this.#show()
  }
  switchLarge(): void {
    this.large = !this.large
    remember('muster.large', this.large ? 'yes' : 'no')
  }
  #show(): void {
    remember('muster.lang', this.lang)
    remember('muster.theme', this.theme)
    document.documentElement.lang = this.lang === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.dataset['theme'] = this.theme
  }
}
export const look = new Look()
