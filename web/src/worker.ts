/** The service worker as the page sees it: registered, and telling when a new release waits. */
import { shallowRef } from 'vue'
import { router } from './router'

const waitingWorker = shallowRef<ServiceWorker | null>(null)
export const updateWaits = waitingWorker

export function startWorker() {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  navigator.serviceWorker.addEventListener('message', news => { if (news.data?.open) void router.push(news.data.open as string) })
  void navigator.serviceWorker.register('/sw.js').then(follow).catch(() => {})
}

function follow(registration: ServiceWorkerRegistration) {
  const notice = () => { if (registration.waiting && navigator.serviceWorker.controller) waitingWorker.value = registration.waiting }
  notice()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', notice))
  document.addEventListener('visibilitychange', () => { if (!document.hidden) void registration.update().catch(() => {}) })
}

/** The page asks before it changes under somebody's hands. */
export function takeUpdate() {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true })
  waitingWorker.value?.postMessage('take over')
}
