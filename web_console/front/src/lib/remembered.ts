/** Small choices of this browser (language, type size). Where storage is forbidden they last as long as the page. */
import { ROOT } from './root'

const here = new Map<string, string>()

export function remembered(key: string): string | null {
  try {
    return here.get(key) ?? localStorage.getItem(ROOT + key) ?? localStorage.getItem(key)
  } catch {
    return null
  }
}

export function remember(key: string, value: string): void {
  here.set(key, value)
  try {
    localStorage.setItem(ROOT + key, value)
  } catch {
    // forbidden or full: it is remembered until the page goes
  }
}

export function forget(key: string): void {
  here.delete(key)
  try {
    localStorage.removeItem(ROOT + key)
  } catch {
    // nothing was kept there
  }
}
