/** Hands marks of who was there to the events service, in the shape that the outbox knows. */
import { api } from '../api'
import type { Item, Verdict } from './items'

type Answer = { items: { id: string; verdict: 'accepted' | 'duplicate' | 'refused'; problem: string | null }[] }
const OUTCOMES = { accepted: 'stored', duplicate: 'duplicate', refused: 'refused' } as const

export const isMark = (item: Item) => item.kind === 'there' || item.kind === 'not_there'
const markOf = (item: Item) => ({ id: item.mark, activity_id: item.activity_id, person_id: item.who, at: item.at, source: 'door', undone: item.kind === 'not_there' })

/** The answers stand in the order of the items: a mark and its undoing have the same id. */
export async function uploadMarks(items: Item[], device: string): Promise<Verdict[]> {
  const said = await api.put<Answer>('/events/attendance/uploads', { device_id: device, items: items.map(markOf) })
  return said.items.map(({ verdict, problem }, n) => ({ id: items[n]!.id, outcome: OUTCOMES[verdict], code: problem }))
}
