/// <reference lib="webworker" />
/** Opens the pages without a network, and shows messages while no page is open. Answers of the API are never kept here. */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] }
type Push = { title?: string; body?: string; tag?: string; link?: string; urgency?: string; actions?: { label: string; url: string }[] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/(board|come|kiosk|tonight|week)(\/|$)/] }))

self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
self.addEventListener('message', event => { if (event.data === 'take over') void self.skipWaiting() })

function read(event: PushEvent): Push {
  try { return (event.data?.json() ?? {}) as Push } catch { return { title: event.data?.text() } }
}

/** Messages of one thread replace one another: a stand-down takes the place of the alarm. */
self.addEventListener('push', event => {
  const push = read(event)
  const urgent = push.urgency === 'critical'
  const answers = (push.actions ?? []).slice(0, 2)
  const options = {
    body: push.body, tag: push.tag, renotify: !!push.tag, requireInteraction: urgent, vibrate: urgent ? [300, 100, 300, 100, 300] : [150],
    icon: '/icon-192.png', badge: '/icon-192.png', actions: answers.map(({ label, url }) => ({ action: url, title: label })), data: { link: push.link },
  }
  event.waitUntil(self.registration.showNotification(push.title ?? '', options as NotificationOptions))
})

/** Only addresses of our own are opened, whatever the push says. */
function own(link: unknown) {
  const url = new URL(String(link || '/inbox'), self.location.origin)
  return url.origin === self.location.origin ? url : new URL('/inbox', self.location.origin)
}

async function show(url: URL) {
  const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (!page) return void (await self.clients.openWindow(url.href))
  await page.focus()
  page.postMessage({ open: url.pathname + url.search })
}

/** A button of the notification answers at once; where that fails, the page asks again. */
async function answer(url: URL) {
  const body = JSON.stringify({ answer: url.searchParams.get('answer') })
  const headers = { 'Content-Type': 'application/json', 'X-Requested-By': 'pages' }
  const said = await fetch(`/api/notify${url.pathname}`, { method: 'POST', headers, body }).catch(() => null)
  if (!said?.ok) await show(url)
}

self.addEventListener('notificationclick', event => {
  event.notification.close()
  const url = own(event.action || event.notification.data?.link)
  event.waitUntil(event.action && url.pathname.startsWith('/a/') ? answer(url) : show(url))
})
