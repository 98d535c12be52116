/** Empties the shelf of unsent items into the server: in order, in batches, deleting only what the server says it holds. */
import { NoConnection, Problem } from '../api'
import type { Item, Verdict } from './items'

export const BATCH = 50
export type Shelf = { all: () => Promise<Item[]>; put: (item: Item) => Promise<void>; remove: (id: string) => Promise<void> }
export type Server = { upload: (items: Item[]) => Promise<Verdict[]>; raise: (sos: Item) => Promise<void> }

const inOrder = (a: Item, b: Item) => a.seq - b.seq || a.at.localeCompare(b.at)

export async function due(shelf: Shelf, person: string) {
  return (await shelf.all()).filter(item => item.state === 'waiting' && item.person_id === person).sort(inOrder)
}

/** A call for help does not stand in line behind check-ins. */
async function raiseAll(shelf: Shelf, server: Server, person: string) {
  for (const sos of (await due(shelf, person)).filter(item => item.kind === 'sos')) {
    try {
      await server.raise(sos)
      await shelf.remove(sos.id)
    } catch (error) {
      if (!(error instanceof Problem) || ![400, 409, 422].includes(error.status)) throw error
      await shelf.put({ ...sos, state: 'refused', code: error.title })
    }
  }
}

async function settle(shelf: Shelf, batch: Item[], verdicts: Verdict[]) {
  const settled: Item[] = []
  for (const item of batch) {
    const verdict = verdicts.find(said => said.id === item.id)
    if (!verdict) continue
    if (verdict.outcome === 'stored' || verdict.outcome === 'duplicate') await shelf.remove(item.id)
    else await shelf.put({ ...item, state: 'refused', code: verdict.code ?? verdict.outcome })
    settled.push(item)
  }
  return settled
}

/** The server calls the whole batch wrong: find the item that is, so that it does not hold up the others. */
async function oneByOne(server: Server, batch: Item[]) {
  const verdicts: Verdict[] = []
  for (const item of batch) {
    const verdict = await server.upload([item]).catch(error => {
      if (isOurFault(error)) return [{ id: item.id, outcome: 'refused', code: 'invalid' } as Verdict]
      throw error
    })
    verdicts.push(...verdict)
  }
  return verdicts
}

const isOurFault = (error: unknown) => error instanceof Problem && [400, 413, 422].includes(error.status)

/** Returns what the server now holds; throws when it cannot be reached. */
export async function uploadAll(shelf: Shelf, server: Server, person: string): Promise<Item[]> {
  await raiseAll(shelf, server, person)
  const held: Item[] = []
  for (;;) {
    const batch = (await due(shelf, person)).slice(0, BATCH)
    if (!batch.length) return held
    const verdicts = await server.upload(batch).catch(error => {
      if (isOurFault(error)) return oneByOne(server, batch)
      throw error
    })
    const settled = await settle(shelf, batch, verdicts)
    if (!settled.length) throw new NoConnection()
    held.push(...settled.filter(item => verdicts.some(said => said.id === item.id && (said.outcome === 'stored' || said.outcome === 'duplicate'))))
  }
}
