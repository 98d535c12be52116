import { api, type Page } from '../api'

/** All of a list that is known to be short. */
export async function allOf<T>(path: string, query: Record<string, string> = {}) {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await api.get<Page<T>>(path, { ...query, limit: 200, cursor })
    items.push(...page.items)
    cursor = page.next
  } while (cursor)
  return items
}
