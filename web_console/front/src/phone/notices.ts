/** What reaches somebody who is not looking at the page: a notice through the service worker, the title, the badge, the screen kept on. */
import { t } from '../lib/say'
import type { Alert } from './calls'
import { keeper } from './keeper.svelte'

let awake: WakeLockSentinel | null = null
let turn: Promise<unknown> = Promise.resolve()

/** One after the other: what takes a notice back must not take along one that was shown since. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = turn.then(work, work)
  turn = next
  return next
}

export async function allowNotices(): Promise<boolean> {
  if (!('Notification' in window)) return false
  return (await Notification.requestPermission()) === 'granted'
}

/** A notice that stays until it is touched; no place and no words, since anybody may read a locked screen. An exercise's says so at both ends. */
export async function notify(tag: string, kind: Alert['kind'] = 'call', isDrill = false): Promise<boolean> {
  const mark = isDrill ? t('notice.drill') : ''
  const { registration } = keeper
  if (!('Notification' in window) || Notification.permission !== 'granted' || registration === null) return false
  await inTurn(() => registration.showNotification(`${mark} ${t(`notice.${kind}`)}`.trim(), { tag, body: `${t(kind === 'ground' ? 'notice.body.ground' : 'notice.body')} ${mark}`.trim(), requireInteraction: true, icon: '/icon-192.png' }))
  return true
}

/** An exercise says so first. */
const marked = (text: string, isDrill: boolean): string => (isDrill ? t('drill.call') : '') + text

export async function takeBack(tag: string): Promise<void> {
  await inTurn(async () => {
    for (const each of (await keeper.registration?.getNotifications({ tag })) ?? []) each.close()
  })
}

/** While something rings: the title says what, and the screen stays on where the browser lets it. `rings`: how many. */
export async function raise(rings: number, kind: Alert['kind'], isDrill = false): Promise<void> {
  document.title = rings > 0 ? `● ${marked(t(`notice.${kind}`), isDrill)}` : `${t('app.name')} Muster`
  void (rings > 0 ? navigator.setAppBadge?.(rings) : navigator.clearAppBadge?.())?.catch(() => undefined)
  if (rings === 0) {
    await awake?.release()
    awake = null
  } else if (awake === null || awake.released) awake = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
}
