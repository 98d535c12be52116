/** What a phone writes down on patrol or at an activity's door, and what the server says of it. */
export type Trouble = { kind: string; place?: string; words?: string }
export type Answer = { item: string; value: string; note?: string }
export type Kind = 'start' | 'check_in' | 'trouble' | 'second_look' | 'end' | 'all_well' | 'skip' | 'check' | 'pause' | 'resume' | 'crew' | 'handover_read' | 'sos' | 'there' | 'not_there'

/** The facts of an item, as the server takes them. */
export type Facts = {
  kind: Kind; shift_id?: string | null; checkpoint_id?: string; number?: number; qr?: string; how?: 'scan' | 'number' | 'tap'
  lat?: number; lon?: number; trouble?: Trouble; handover?: string; carried?: string[]
  skip?: { reason: string; note?: string }; check?: { code: string; version: number; answers: Answer[] }; pause?: { reason: string; minutes: number }
  crew?: { moment: 'start' | 'end'; present: string[] }; of?: string // the shift whose handover was read
  case_id?: string; fixed?: boolean
  activity_id?: string; who?: string; mark?: string // of who was at an activity: whom, and the id of the mark
}
/** `label` says to the person what it was; `state` and `code` are ours and are not sent. */
export type Item = Facts & { id: string; at: string; seq: number; person_id: string; label: string; page_session: string; state: 'waiting' | 'refused'; code?: string }

export type Verdict = { id: string; outcome: 'stored' | 'duplicate' | 'conflict' | 'refused'; code?: string | null }

export function sent(item: Item): Facts & Pick<Item, 'id' | 'at' | 'seq' | 'page_session'> {
  const { person_id: _person, label: _label, state: _state, code: _code, ...facts } = item
  return facts
}
