/** The service worker, which keeps this page readable without a network. A new version waits until nothing is on its way. */
import { isExercise } from '../lib/root'
import { queue } from './queue.svelte'

const LOOK_MS = 3_600_000

class Keeper {
  registration = $state.raw<ServiceWorkerRegistration | null>(null)
  /** A new version is on this phone and waits to be used. */
  isFresh = $state(false)

  async begin(): Promise<void> {
    if (!('serviceWorker' in navigator)) return
    try {
      if (isExercise) {
        this.registration = (await navigator.serviceWorker.getRegistration('/phone')) ?? null // of the live page, for notices; an exercise is not kept offline
        return
      }
      const found = await navigator.serviceWorker.register('/sw.js', { scope: '/phone' })
      this.registration = found
      const watch = (): void => found.installing?.addEventListener('statechange', () => this.#look(found))
      this.#look(found)
      watch() // one may be on its way already
      found.addEventListener('updatefound', watch)
      window.setInterval(() => void found.update().catch(() => undefined), LOOK_MS)
    } catch {
      // no secure address, or forbidden: the page works without it and says what is missing
    }
  }

  /** Use the new version. What was said stays on its shelf; while something waits to be sent, nothing is exchanged. */
  renew(): void {
    if (queue.waiting.length > 0) return
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    this.registration?.waiting?.postMessage('take over')
  }

  #look(found: ServiceWorkerRegistration): void {
    this.isFresh = found.waiting !== null && navigator.serviceWorker.controller !== null
  }
}
export const keeper = new Keeper()
