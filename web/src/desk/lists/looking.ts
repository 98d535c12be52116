/** A list at the desk, looked through by state, words, kind and unit; what is looked for stands in the address. */
import { ref, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, type Page } from '../../api'
import { usePages } from '../../load'

export function useLooking<T, State extends string>(path: string, states: readonly State[], first: State) {
  const { query } = useRoute()
  const router = useRouter()
  const state = ref(states.find(one => one === query.state) ?? first) as Ref<State>
  const wanted = ref({ q: String(query.q ?? ''), kind: String(query.kind ?? ''), unit: String(query.unit ?? '') })
  const list = usePages(cursor => api.get<Page<T>>(path, { ...wanted.value, q: wanted.value.q.trim(), state: state.value, cursor }))
  function find() {
    const chosen = Object.entries(wanted.value).filter(([, value]) => value)
    void router.replace({ query: { state: state.value, ...Object.fromEntries(chosen) } })
    void list.reload()
  }
  watch(state, find)
  return { state, wanted, list, find }
}
