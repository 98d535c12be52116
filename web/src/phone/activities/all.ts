/** All pages of a list that one works through at a door, where there may be no network for the next one. */
import type { Page } from '../../api'

export async function everything<T>(ask: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await ask(cursor)
    items.push(...page.items)
    cursor = page.next
  } while (cursor)
  return items
}
