/** The shifts of the person, with what the phone has written down laid over what the server knows. */
import { computed, watch } from 'vue'
import { api, type Page } from '../api'
import { keep, kept } from '../kept'
import { useLoad } from '../load'
import { startOfDay } from '../time'
import { arrived, waiting } from './outbox'
import { overlay, whole, type Shift } from './roster'

const COPY = 'shifts'

function ask() {
  const now = new Date()
  const span = { from: startOfDay(now, -1).toISOString(), to: startOfDay(now, 15).toISOString(), limit: 100 }
  return api.get<Page<Shift>>('/patrol/me/shifts', span).then(page => page.items)
}

/** What has arrived is taken off the outbox: without this the kept copy would forget it until the next answer. */
watch(arrived, async items => {
  const copy = await kept<Shift[]>(COPY).catch(() => undefined)
  if (copy && items.length) await keep(COPY, overlay(copy, items))
})

export function useShifts() {
  const load = useLoad(ask, COPY)
  watch(arrived, items => {
    if (!items.length) return
    if (load.data.value) load.data.value = overlay(load.data.value, items)
    void load.reload()
  })
  const shifts = computed(() => overlay((load.data.value ?? []).map(whole), waiting.value))
  return { load, shifts }
}
