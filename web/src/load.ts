/** Loading for pages: the kept copy at once, then the fresh one; errors and retries are data. */
import { onMounted, ref, shallowRef, type Ref } from 'vue'
import { NoConnection, type Page } from './api'
import { keep, kept } from './kept'

export type Load<T> = { data: Ref<T | undefined>; error: Ref<unknown>; busy: Ref<boolean>; stale: Ref<boolean>; reload: () => Promise<void> }

/** `keepAs` names the copy that is shown while there is no network. */
export function useLoad<T>(ask: () => Promise<T>, keepAs?: string): Load<T> {
  const data = shallowRef<T>()
  const error = shallowRef<unknown>()
  const busy = ref(true)
  const stale = ref(false)
  let turn = 0

  async function reload() {
    const mine = ++turn
    busy.value = true
    try {
      const fresh = await ask()
      if (mine !== turn) return
      data.value = fresh
      error.value = undefined
      stale.value = false
      if (keepAs) void keep(keepAs, fresh).catch(() => {})
    } catch (caught) {
      if (mine !== turn) return
      error.value = caught
      stale.value = data.value !== undefined
    } finally {
      if (mine === turn) busy.value = false
    }
  }

  onMounted(async () => {
    const fresh = reload()
    const copy = keepAs ? await kept<T>(keepAs).catch(() => undefined) : undefined
    if (copy !== undefined && data.value === undefined) {
      data.value = copy
      stale.value = error.value instanceof NoConnection
    }
    await fresh
  })
  return { data, error, busy, stale, reload }
}

/** A list that grows by "load more". */
export function usePages<T>(ask: (cursor: string | null) => Promise<Page<T>>, keepAs?: string) {
  const first = useLoad(() => ask(null), keepAs)
  const more = shallowRef<T[]>([])
  const next = ref<string | null | undefined>()
  const cursor = () => (next.value === undefined ? (first.data.value?.next ?? null) : next.value)
  const items = () => [...(first.data.value?.items ?? []), ...more.value]

  async function loadMore() {
    const page = await ask(cursor())
    more.value = [...more.value, ...page.items]
    next.value = page.next
  }
  async function reload() {
    await first.reload()
    more.value = []
    next.value = undefined
  }
  return { ...first, items, hasMore: () => cursor() !== null, loadMore, reload }
}
