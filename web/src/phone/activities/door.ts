/** Ticking people off where they come in: each tick goes through the phone's outbox, so that no network is needed. */
import { computed, type Ref } from 'vue'
import { newId } from '../../api'
import { waiting, write } from '../../patrol/outbox'

export type Expected = {
  person: { id: string; name: string; unit: string | null }; guest: boolean; state: string | null; part: string | null; party_size: number
  attended: { id: string; source: string; at: string } | null
}
/** `unsent`: only this phone knows yet. */
export type Row = Expected & { unsent: boolean }

/** The list as the server knows it, with what this phone has not sent yet laid over it. */
export function useDoor(activityId: string, listed: Ref<Expected[]>) {
  const rows = computed<Row[]>(() => listed.value.map(row => {
    const last = waiting.value.filter(item => item.activity_id === activityId && item.who === row.person.id).at(-1)
    if (!last) return { ...row, unsent: false }
    return { ...row, unsent: true, attended: last.kind === 'there' ? { id: last.mark!, source: 'door', at: last.at } : null }
  }))
  const tick = (row: Row) => row.attended
    ? write({ kind: 'not_there', activity_id: activityId, who: row.person.id, mark: row.attended.id }, row.person.name)
    : write({ kind: 'there', activity_id: activityId, who: row.person.id, mark: newId() }, row.person.name)
  return { rows, tick }
}
