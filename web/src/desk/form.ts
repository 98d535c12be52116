/** A form that forgets nothing: what was typed survives an error, and with `keepAs` a reload. */
import { computed, nextTick, ref, shallowRef, watch, type Ref } from 'vue'
import { Problem } from '../api'
import { me } from '../session'
import { fieldWords, problemWords } from '../words'

const copyOf = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T
const showFirstError = () => nextTick(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())

export function useForm<T extends object>(blank: () => T) {
  const values = ref(blank()) as Ref<T>
  const problem = shallowRef<unknown>()
  const found = shallowRef<Record<string, string>>({})

  /** Does it, or keeps what went wrong for the fields. */
  async function attempt(act: () => Promise<unknown>) {
    problem.value = undefined
    found.value = {}
    try {
      await act()
      return true
    } catch (error) {
      problem.value = error
      if (error instanceof Problem && error.status === 422) void showFirstError()
      return false
    }
  }
  /** Says what is wrong before anything is sent. */
  function refuse(errors: Record<string, string | undefined>) {
    found.value = Object.fromEntries(Object.entries(errors).filter((entry): entry is [string, string] => !!entry[1]))
    if (!Object.keys(found.value).length) return false
    problem.value = undefined
    void showFirstError()
    return true
  }
  const errorOf = (field: string) => found.value[field] ?? fieldWords(problem.value, field)
  const wrong = computed(() => (problem.value ? problemWords(problem.value) : undefined))
  return { values, problem, wrong, errorOf, attempt, refuse }
}

/** Keeps what is typed in this tab, for the person who typed it, as long as it is `worth` it. */
export function useDraft<T>(name: string, values: Ref<T>, worth: (values: T) => boolean) {
  const key = `draft:${me.value?.id}:${name}`
  const before = sessionStorage.getItem(key)
  const keep = (now: T) => (worth(now) ? sessionStorage.setItem(key, JSON.stringify(now)) : sessionStorage.removeItem(key))
  const stop = watch(values, keep, { deep: true })
  return {
    before: before ? (JSON.parse(before) as T) : undefined,
    forget() { stop(); sessionStorage.removeItem(key) },
  }
}

export { copyOf }
