/** The call for help of this phone: whether it has arrived, and who has seen it. */
import { computed, onUnmounted, ref, shallowRef, watch } from 'vue'
import { api } from '../api'
import { me } from '../session'
import { waiting } from './outbox'
import { callForHelp } from './write'

export type Sos = { id: string; person_id: string; name: string; raised_at: string; acknowledged_at: string | null; acknowledged_by: string | null; stood_down_at: string | null }

export function useSos() {
  const open = shallowRef<Sos[]>([])
  /** Between the hold and the server's word: nothing is said to have arrived before it has. */
  const calling = ref(false)
  const unsent = computed(() => waiting.value.filter(item => item.kind === 'sos'))
  const mine = computed(() => open.value.find(sos => sos.person_id === me.value?.id && !sos.stood_down_at))

  async function look() {
    const page = await api.get<{ items: Sos[] }>('/patrol/sos', { open: 1 }).catch(() => null)
    if (page) open.value = page.items
    if (page && !unsent.value.length) calling.value = false
  }
  async function standDown(note: string) {
    if (mine.value) await api.post(`/patrol/sos/${mine.value.id}/stand-down`, { note })
    await look()
  }

  void look()
  watch(() => unsent.value.length, () => void look())
  const timer = setInterval(() => { if ((mine.value || calling.value) && !document.hidden) void look() }, 5_000)
  onUnmounted(() => clearInterval(timer))
  
  async function call(shiftId: string | null, checkpointId?: string) {
    calling.value = true
    await callForHelp(shiftId, checkpointId)
  }
  return { unsent, mine, calling, call, standDown }
}
