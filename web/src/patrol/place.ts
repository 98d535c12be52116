/** The place at a check-in: read once, only if the person has switched it on, never waited for long, never required. */
import { ref } from 'vue'

export type Place = { lat: number; lon: number }
export const placeOn = ref(localStorage.getItem('place') === 'on')

export function setPlace(on: boolean) {
  placeOn.value = on
  localStorage.setItem('place', on ? 'on' : 'off')
}

export function readPlace(patience = 3_000): Promise<Place | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null)
  return new Promise(resolve => {
    const giveUp = setTimeout(() => resolve(null), patience)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { clearTimeout(giveUp); resolve({ lat: coords.latitude, lon: coords.longitude }) },
      () => { clearTimeout(giveUp); resolve(null) },
      { timeout: patience, maximumAge: 30_000, enableHighAccuracy: true },
    )
  })
}

export const placeIfAllowed = () => (placeOn.value ? readPlace() : Promise.resolve(null))
