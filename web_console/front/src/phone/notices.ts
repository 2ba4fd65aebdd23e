/** What reaches somebody who is not looking at the page: a notice through the service worker, the title, the badge, the screen kept on. */
import { t } from '../lib/say'
import { keeper } from './keeper.svelte'

let awake: WakeLockSentinel | null = null

export async function allowNotices(): Promise<boolean> {
  if (!('Notification' in window)) return false
  return (await Notification.requestPermission()) === 'granted'
}

/** A notice that stays until it is touched; no place and no kind, since anybody may read a locked screen. */
export async function notify(tag: string): Promise<boolean> {
  if (!('Notification' in window) || Notification.permission !== 'granted' || keeper.registration === null) return false
  await keeper.registration.showNotification(t('phone.call'), { tag, body: t('notice.body'), requireInteraction: true, icon: '/icon-192.png' })
  return true
}

export async function takeBack(tag: string): Promise<void> {
  for (const each of (await keeper.registration?.getNotifications({ tag })) ?? []) each.close()
}

/** While a call is open: the title says so, and the screen stays on where the browser lets it. */
export async function raise(open: number): Promise<void> {
  document.title = open > 0 ? `● ${t('phone.call')}` : `${t('app.name')} Muster`
  void (open > 0 ? navigator.setAppBadge?.(open) : navigator.clearAppBadge?.())?.catch(() => undefined)
  if (open === 0) {
    await awake?.release()
    awake = null
  } else if (awake === null || awake.released) awake = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
}
