/** The present, renewed every half minute, so that pages need not be reloaded to be right. */
import { onUnmounted, ref } from 'vue'

export function useNow() {
  const now = ref(new Date())
  const timer = setInterval(() => { now.value = new Date() }, 30_000)
  onUnmounted(() => clearInterval(timer))
  return now
}
