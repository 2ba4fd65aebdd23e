import { expect, it } from 'vitest'
import { missing, wantsBrowser, type Scope } from './abilities'

const able = (more: Partial<Scope> = {}, navigator: Partial<Scope['navigator']> = {}): Scope => ({
  isSecureContext: true, AudioContext: {}, Notification: { permission: 'default' }, indexedDB: {},
  navigator: { vibrate: {}, serviceWorker: {}, storage: {}, wakeLock: {}, geolocation: {}, ...navigator },
  document: { createElement: () => ({ capture: '' }) }, ...more,
})

it('finds nothing missing in a phone that can do all', () => {
  expect(missing(able(), true)).toEqual([])
})
it('says what a page inside another app lacks, and only then sends to a browser', () => {
  const inside = able({ Notification: undefined }, { serviceWorker: undefined })
  expect(missing(inside, true)).toEqual(['worker', 'notices'])
  expect(wantsBrowser(missing(inside, true))).toBe(true)
  expect(wantsBrowser(missing(able({}, { vibrate: undefined }), true))).toBe(false)
})
it('believes no storage that did not hold, no worker without a secure address, no notice that was forbidden', () => {
  expect(missing(able(), false)).toEqual(['storage'])
  expect(missing(able({ isSecureContext: false }), true)).toEqual(['worker', 'place'])
  expect(missing(able({ Notification: { permission: 'denied' } }), true)).toEqual(['notices'])
})
