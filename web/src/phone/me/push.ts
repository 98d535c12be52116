/** Switching push on in this browser. The server hears of it only after the browser has really subscribed. */
import { api } from '../../api'

export const pushPossible = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

export class PushDenied extends Error {}

function bytes(base64url: string) {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, letter => letter.charCodeAt(0))
}

export async function presentSubscription() {
  if (!pushPossible()) return null
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

export async function switchPushOn(key: string, label: string) {
  if ((await Notification.requestPermission()) !== 'granted') throw new PushDenied()
  const registration = await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) })
  await api.put('/notify/me/channels/web_push', { subscription: subscription.toJSON(), label })
}
