/** Dark colours on patrol: kind to eyes that must see in the dark. Chosen once, kept on this phone, for the patrol's pages only. */
import { onMounted, onUnmounted, ref, watch } from 'vue'

const night = ref(localStorage.getItem('night') === 'on')

export function useNight() {
  const dress = () => { document.documentElement.dataset.theme = night.value ? 'night' : 'committee' }
  onMounted(dress)
  onUnmounted(() => { document.documentElement.dataset.theme = 'committee' })
  watch(night, on => { localStorage.setItem('night', on ? 'on' : 'off'); dress() })
  return night
}
