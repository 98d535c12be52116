/** Adding the pages to the home screen: offered by some browsers, done by hand on the iPhone. */
import { computed, shallowRef } from 'vue'

type Offer = Event & { prompt: () => Promise<unknown> }
const offer = shallowRef<Offer | null>(null)
const installed = window.matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true

window.addEventListener('beforeinstallprompt', event => {
  event.preventDefault()
  offer.value = event as Offer
})

export const installable = computed(() => !installed && offer.value !== null)
export const needsHandInstall = !installed && /iPhone|iPad/.test(navigator.userAgent)
export async function install() {
  await offer.value?.prompt()
  offer.value = null
}
