/*
 * The phone page without a network: its own files, kept whole per version. It touches nothing of /api, and takes over from an older
 * one only when the page says so. The build puts VERSION and FILES before this text.
 */
/* global VERSION, FILES */
const PREFIX = 'muster.phone.'
const MINE = PREFIX + VERSION

/** What has its content in its name need not come over the line again: the page has it already. */
const asked = (file) => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'no-cache' })

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(MINE).then((cache) => cache.addAll(FILES.map(asked))))
})

self.addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name.startsWith(PREFIX) && name !== MINE)
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || !FILES.includes(url.pathname)) return
  event.respondWith(caches.open(MINE).then((cache) => cache.match(url.pathname)).then((kept) => kept ?? fetch(event.request)))
})

self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting()
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(
    self.clients
      .matchAll({ type: 'window', includeUncontrolled: true })
      .then((pages) => pages.find((page) => new URL(page.url).pathname === '/phone')?.focus() ?? self.clients.openWindow('/phone')),
  )
})
