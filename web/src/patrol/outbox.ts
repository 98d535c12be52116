/** The outbox of the phone: written to IndexedDB before the page says "saved", emptied whenever the server can be reached. */
import { computed, shallowRef } from 'vue'
import { NoConnection, api, newId } from '../api'
import { database } from '../kept'
import { me } from '../session'
import { isMark, uploadMarks } from './door'
import { sent, type Facts, type Item, type Verdict } from './items'
import { uploadAll, type Server, type Shelf } from './upload'

const EVERY = 60_000
const WHEN_HELP_IS_WAITING = 5_000
const pageSession = newId()
const items = shallowRef<Item[]>([])
const own = computed(() => items.value.filter(item => item.person_id === me.value?.id))
export const waiting = computed(() => own.value.filter(item => item.state === 'waiting'))
export const refused = computed(() => own.value.filter(item => item.state === 'refused'))
/** Of anybody: shown before signing in, so that nobody thinks their work is lost. */
export const left = computed(() => items.value.filter(item => item.state === 'waiting').length)
/** What the server took in last: the shift on the page lays it over its copy. */
export const arrived = shallowRef<Item[]>([])

const shelf: Shelf = {
  all: async () => (await database()).getAll('outbox'),
  put: async item => void (await (await database()).put('outbox', item)),
  remove: async id => (await database()).delete('outbox', id),
}

const server: Server = {
  async upload(batch) {
    const device = { id: await deviceId(), now: new Date().toISOString(), page_session: pageSession }
    return (await api.post<{ results: Verdict[] }>('/patrol/uploads', { device, items: batch.map(sent) })).results
  },
  async raise({ id, at, shift_id, checkpoint_id }) {
    await api.put(`/patrol/sos/${id}`, { at, ...(shift_id && { shift_id }), ...(checkpoint_id && { checkpoint_id }) }, { timeout: 8_000 })
  },
}

/** Marks of who was there go to another service: neither waits for the other. */
const part = (ours: (item: Item) => boolean): Shelf => ({ ...shelf, all: async () => (await shelf.all()).filter(ours) })
const door: Server = { ...server, upload: async batch => uploadMarks(batch, await deviceId()) }

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('outbox') : null

async function look(tellOthers = true) {
  items.value = await shelf.all()
  if (tellOthers) tabs?.postMessage('changed')
}

export async function deviceId(): Promise<string> {
  const write = (await database()).transaction('marks', 'readwrite')
  const id = ((await write.store.get('device')) as string | undefined) ?? newId()
  await write.store.put(id, 'device')
  await write.done
  return id
}

/** Resolves only once the item is on the disk: after that a dead battery costs nothing. */
export async function write(facts: Facts, label: string): Promise<Item> {
  const person = me.value
  if (!person) throw new NoConnection()
  const tx = (await database()).transaction(['outbox', 'marks'], 'readwrite', { durability: 'strict' })
  const seq = (((await tx.objectStore('marks').get('seq')) as number | undefined) ?? 0) + 1
  const item: Item = { ...facts, id: newId(), at: new Date().toISOString(), seq, person_id: person.id, label, page_session: pageSession, state: 'waiting' }
  await tx.objectStore('marks').put(seq, 'seq')
  await tx.objectStore('outbox').add(item)
  await tx.done
  await look()
  void flush()
  void navigator.storage?.persist?.().catch(() => false)
  return item
}

export async function dismiss(id: string) {
  await shelf.remove(id)
  await look()
}

let flushing: Promise<void> | null = null
let again = false

/** One tab at a time, one run at a time; what is written during a run is sent by the next one. */
export function flush(): Promise<void> {
  if (flushing) {
    again = true
    return flushing
  }
  const run = alone(emptyOut).catch(() => {}).finally(() => {
    flushing = null
    if (!again) return
    again = false
    void flush()
  })
  flushing = run
  return run
}

async function alone(run: () => Promise<void>) {
  if (!navigator.locks) return run()
  await navigator.locks.request('outbox', { ifAvailable: true }, async lock => { if (lock) await run() })
}

async function emptyOut() {
  const person = me.value?.id
  if (!person || !(await shelf.all()).length) return
  try {
    const [patrol, marks] = await Promise.allSettled([uploadAll(part(item => !isMark(item)), server, person), uploadAll(part(isMark), door, person)])
    arrived.value = [patrol, marks].flatMap(half => (half.status === 'fulfilled' ? half.value : []))
  } finally {
    await look()
  }
}

/** No phone browser we care for has Background Sync everywhere: we try whenever the page is alive. */
export function keepFlushing() {
  void look(false).then(flush)
  tabs?.addEventListener('message', () => void look(false))
  window.addEventListener('online', () => void flush())
  document.addEventListener('visibilitychange', () => { if (!document.hidden) void flush() })
  setInterval(() => void flush(), EVERY)
  setInterval(() => { if (waiting.value.some(item => item.kind === 'sos')) void flush() }, WHEN_HELP_IS_WAITING)
}
