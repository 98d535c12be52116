import { expect, test } from 'vitest'
import { NoConnection, Problem } from '../src/api'
import type { Item, Verdict } from '../src/patrol/items'
import { sent } from '../src/patrol/items'
import { BATCH, uploadAll, type Server, type Shelf } from '../src/patrol/upload'

const ME = 'su-hongmei'

function item(seq: number, more: Partial<Item> = {}): Item {
  return { id: `item-${seq}`, seq, kind: 'check_in', shift_id: 's1', checkpoint_id: `c${seq}`, at: `2026-11-22T12:00:${String(seq % 60).padStart(2, '0')}Z`, person_id: ME, label: '体院东门', page_session: 'x', state: 'waiting', ...more }
}

function shelfOf(items: Item[]): Shelf & { left: () => Item[] } {
  const held = new Map(items.map(one => [one.id, one]))
  return { all: async () => [...held.values()], put: async one => void held.set(one.id, one), remove: async id => void held.delete(id), left: () => [...held.values()] }
}

function serverThat(judge: (one: Item) => Verdict['outcome'] = () => 'stored') {
  const batches: Item[][] = []
  const raised: string[] = []
  const server: Server = {
    upload: async batch => { batches.push(batch); return batch.map(one => ({ id: one.id, outcome: judge(one), code: judge(one) === 'refused' ? 'UnknownCheckpoint' : null })) },
    raise: async sos => void raised.push(sos.id),
  }
  return { server, batches, raised }
}

test('what was written is sent in order and leaves the phone once the server holds it', async () => {
  const shelf = shelfOf([item(2), item(1), item(3)])
  const { server, batches } = serverThat()

  const held = await uploadAll(shelf, server, ME)

  expect(batches.map(batch => batch.map(one => one.seq))).toEqual([[1, 2, 3]])
  expect(held).toHaveLength(3)
  expect(shelf.left()).toEqual([])
})

test('five hundred check-ins go in batches of fifty', async () => {
  const { server, batches } = serverThat()

  await uploadAll(shelfOf(Array.from({ length: 500 }, (_, n) => item(n))), server, ME)

  expect(batches.map(batch => batch.length)).toEqual(Array(10).fill(BATCH))
})

test('an answer that got lost costs nothing: the same items are sent again and are duplicates', async () => {
  const shelf = shelfOf([item(1)])
  const lost: Server = { ...serverThat().server, upload: async () => { throw new NoConnection() } }

  await expect(uploadAll(shelf, lost, ME)).rejects.toThrow(NoConnection)
  expect(shelf.left()).toEqual([item(1)])

  await uploadAll(shelf, serverThat(() => 'duplicate').server, ME)
  expect(shelf.left()).toEqual([])
})

test('a refused item stays on the phone with its reason, and the others are not held up', async () => {
  const shelf = shelfOf([item(1), item(2), item(3)])

  await uploadAll(shelf, serverThat(one => (one.seq === 2 ? 'refused' : 'stored')).server, ME)

  expect(shelf.left()).toEqual([item(2, { state: 'refused', code: 'UnknownCheckpoint' })])
})

test('a conflict stays visible too', async () => {
  const shelf = shelfOf([item(1)])

  await uploadAll(shelf, serverThat(() => 'conflict').server, ME)

  expect(shelf.left()).toMatchObject([{ state: 'refused', code: 'conflict' }])
})

test('refused items are not sent again', async () => {
  const { server, batches } = serverThat()

  await uploadAll(shelfOf([item(1, { state: 'refused', code: 'conflict' })]), server, ME)

  expect(batches).toEqual([])
})

test('one item that spoils a batch is found and set aside', async () => {
  const shelf = shelfOf([item(1), item(2), item(3)])
  const server: Server = {
    raise: async () => {},
    upload: async batch => {
      if (batch.some(one => one.seq === 2)) throw new Problem(422, 'Invalid')
      return batch.map(one => ({ id: one.id, outcome: 'stored' }))
    },
  }

  await uploadAll(shelf, server, ME)

  expect(shelf.left()).toEqual([item(2, { state: 'refused', code: 'invalid' })])
})

test('a server that has lost its mind does not make us send for ever', async () => {
  const shelf = shelfOf([item(1)])

  await expect(uploadAll(shelf, { raise: async () => {}, upload: async () => [] }, ME)).rejects.toThrow(NoConnection)
  expect(shelf.left()).toHaveLength(1)
})

test('signed out meanwhile: everything stays', async () => {
  const shelf = shelfOf([item(1)])

  await expect(uploadAll(shelf, { raise: async () => {}, upload: async () => { throw new Problem(401, 'Unauthenticated') } }, ME)).rejects.toThrow(Problem)
  expect(shelf.left()).toEqual([item(1)])
})

test('what somebody else wrote on this phone is not sent under my name', async () => {
  const theirs = item(1, { person_id: 'guo-jianguo' })
  const { server, batches } = serverThat()
  const shelf = shelfOf([theirs, item(2)])

  await uploadAll(shelf, server, ME)

  expect(batches.flat().map(one => one.seq)).toEqual([2])
  expect(shelf.left()).toEqual([theirs])
})

test('a call for help goes before everything written earlier', async () => {
  const order: string[] = []
  const server: Server = { raise: async sos => void order.push(sos.id), upload: async batch => { order.push(...batch.map(one => one.id)); return batch.map(one => ({ id: one.id, outcome: 'stored' })) } }

  await uploadAll(shelfOf([item(1), item(2, { kind: 'sos' })]), server, ME)

  expect(order).toEqual(['item-2', 'item-1'])
})

test('what is only for the page is not sent', () => {
  expect(Object.keys(sent(item(1, { code: 'x' }))).sort()).toEqual(['at', 'checkpoint_id', 'id', 'kind', 'page_session', 'seq', 'shift_id'])
})
