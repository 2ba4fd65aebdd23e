/** What this seat chose: language and theme, kept in this browser. */
import type { Lang } from './wire'

type Theme = 'night' | 'day'

class Look {
  lang = $state<Lang>(localStorage.getItem('muster.lang') === 'en' ? 'en' : 'zh')
  theme = $state<Theme>(localStorage.getItem('muster.theme') === 'day' ? 'day' : 'night')

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
  #show(): void {
    localStorage.setItem('muster.lang', this.lang)
    localStorage.setItem('muster.theme', this.theme)
    document.documentElement.lang = this.lang === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.dataset['theme'] = this.theme
  }
}
export const look = new Look()
