/** What this seat chose: language and theme, kept in this browser. */
import { remember, remembered } from './remembered'
import type { Lang } from './wire'

type Theme = 'night' | 'day'

/** Where the system forces its colours, levels and SOS are those that stand out on its palette. */
function themeOf(chosen: Theme): Theme {
  if (!globalThis.matchMedia?.('(forced-colors: active)').matches) return chosen
  return matchMedia('(prefers-color-scheme: light)').matches ? 'day' : 'night'
}

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
    document.documentElement.dataset['theme'] = themeOf(this.theme)
  }
}
export const look = new Look()
