/** What this browser can do for a phone that must ring: looked for, never guessed from its name. Pure. */

export type Ability = 'sound' | 'vibration' | 'notices' | 'worker' | 'storage' | 'wake' | 'place' | 'camera'

/** The parts of a browser that are looked at. */
export type Scope = {
  isSecureContext: boolean
  AudioContext?: unknown
  Notification?: { permission: string } | undefined
  indexedDB?: unknown
  navigator: { vibrate?: unknown; serviceWorker?: unknown; storage?: { persist?: unknown } | undefined; wakeLock?: unknown; geolocation?: unknown }
  document: { createElement(name: 'input'): object }
}

/** What is missing, in the order of how much it matters. `stored`: whether things kept here outlive the page. */
export function missing(scope: Scope, stored: boolean): Ability[] {
  const { navigator } = scope
  const has: Record<Ability, boolean> = {
    sound: Boolean(scope.AudioContext),
    storage: Boolean(scope.indexedDB) && stored,
    worker: scope.isSecureContext && Boolean(navigator.serviceWorker),
    vibration: Boolean(navigator.vibrate),
    notices: Boolean(scope.Notification) && scope.Notification?.permission !== 'denied',
    wake: Boolean(navigator.wakeLock),
    place: scope.isSecureContext && Boolean(navigator.geolocation),
    camera: 'capture' in scope.document.createElement('input'),
  }
  return (Object.keys(has) as Ability[]).filter((each) => !has[each])
}

/** Whether another browser on the same phone would do better: an in-app page lacks several of these at once. */
export const wantsBrowser = (lacking: readonly Ability[]): boolean =>
  (['worker', 'notices', 'storage', 'sound'] as const).filter((each) => lacking.includes(each)).length >= 2
