/** What the phone keeps in IndexedDB: the outbox of a patrol, and the last answers, so that pages open without a network. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Item } from './patrol/items'

export interface Kept extends DBSchema {
  outbox: { key: string; value: Item }
  answers: { key: string; value: unknown }
  marks: { key: string; value: unknown }
}

let opening: Promise<IDBPDatabase<Kept>> | null = null

export function database() {
  opening ??= openDB<Kept>('committee', 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'id' })
      db.createObjectStore('answers')
      db.createObjectStore('marks')
    },
    terminated: () => { opening = null },
  })
  return opening
}

export const keep = async (name: string, answer: unknown) => void (await (await database()).put('answers', plain(answer), name))
export const kept = async <T>(name: string) => (await (await database()).get('answers', name)) as T | undefined
export const forgetAll = async () => (await database()).clear('answers')

/** IndexedDB cannot store Vue's proxies. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
