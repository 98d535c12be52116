/** What a shift is, and what the phone's own notes make of it. */
import type { Item } from './items'

export type OpenThing = { id: string; kind: string; place: string; words: string; happened_at: string }
export type Skipped = { reason: string; note: string; at: string }
export type Checkpoint = { id: string; code: string; number: number; name: string; visited_at: string | null; skipped: Skipped | null; checklists: string[]; checked: string[] }
export type Choice = { code: string; zh: string; en: string; fails: boolean }
export type ListItem = { code: string; zh: string; en: string; kind: 'ok_fail' | 'number' | 'choice'; fail_opens: string | null; choices: Choice[]; low: number | null; high: number | null; measure: string }
export type Checklist = { code: string; version: number; name: string; items: ListItem[] }
export type Why = { code: string; from: string | null; until: string | null; note: string }
export type KeyArea = { id: string; name: string; every_minutes: number | null; times: number | null; checkpoints: string[]; quiet: boolean; why: Why[] }
export type Confirmed = { at: string; present: string[] }
export type Phase = 'planned' | 'restored' | 'ready' | 'overdue' | 'active' | 'paused' | 'ended' | 'handed_over' | 'cancelled'
/** Something that was fixed, and that the crew looks at first. */
export type Again = { case_id: string; number: string; kind: string; place: string; zone?: string | null; checkpoint_id: string | null; fixed_at: string }
export type Shift = {
  id: string; squad: { id: string; name: string; code: string }; starts_at: string; ends_at: string
  state: 'planned' | 'active' | 'ended' | 'cancelled'; crew: { person_id: string; name: string; role: 'leader' | 'member'; stand_in: boolean }[]
  checkpoints: Checkpoint[]; next_due_at: string | null; version: number; phase: Phase
  handover_before: { shift_id: string; text: string; by: string; at: string; read_at: string | null; items: OpenThing[] } | null
  paused: { reason: string; at: string; until: string } | null; confirmed: { start: Confirmed | null; end: Confirmed | null }
  open: OpenThing[]; checklists: Checklist[]; key_areas: KeyArea[]; tip: { zh: string; en: string } | null
  again?: Again[]
}

const START_EARLY = 60 * 60_000

const here = (point: Checkpoint, item: Item) => (item.checkpoint_id ? point.id === item.checkpoint_id : point.number === item.number)
const at = (shift: Shift, item: Item, note: (point: Checkpoint) => Checkpoint) =>
  ({ ...shift, checkpoints: shift.checkpoints.map(point => (here(point, item) ? note(point) : point)) })
const MINUTE = 60_000

/** What each thing that was written down makes of the shift. */
const STEPS: { [kind in Item['kind']]?: (shift: Shift, item: Item) => Shift } = {
  start: shift => (shift.state === 'planned' ? { ...shift, state: 'active', phase: 'active' } : shift),
  end: shift => ({ ...shift, state: 'ended', phase: 'ended', paused: null }),
  check_in: (shift, item) => at(shift, item, point => ({ ...point, visited_at: item.at })),
  skip: (shift, item) => at(shift, item, point => ({ ...point, skipped: { reason: item.skip!.reason, note: item.skip!.note ?? '', at: item.at } })),
  check: (shift, item) => at(shift, item, point => ({ ...point, checked: [...new Set([...(point.checked ?? []), item.check!.code])] })),
  pause: (shift, item) => ({ ...shift, phase: 'paused', paused: { reason: item.pause!.reason, at: item.at, until: new Date(Date.parse(item.at) + item.pause!.minutes * MINUTE).toISOString() } }),
  resume: shift => ({ ...shift, phase: 'active', paused: null }),
  crew: (shift, item) => ({ ...shift, confirmed: { ...shift.confirmed, [item.crew!.moment]: { at: item.at, present: item.crew!.present } } }),
  handover_read: (shift, item) => (shift.handover_before?.shift_id === item.of ? { ...shift, handover_before: { ...shift.handover_before!, read_at: item.at } } : shift),
  second_look: (shift, item) => ({ ...shift, again: shift.again?.filter(one => one.case_id !== item.case_id) }),
}
const step = (shift: Shift, item: Item): Shift => STEPS[item.kind]?.(shift, item) ?? shift

export const overlay = (shifts: Shift[], items: Item[]) =>
  shifts.map(shift => items.filter(item => item.shift_id === shift.id).reduce(step, shift))

/** A copy that was kept before a new release lacks what is new in it. */
export const whole = (shift: Shift): Shift => ({
  ...shift, open: shift.open ?? [], checklists: shift.checklists ?? [], key_areas: shift.key_areas ?? [], tip: shift.tip ?? null, paused: shift.paused ?? null, phase: shift.phase ?? shift.state, confirmed: shift.confirmed ?? { start: null, end: null },
  checkpoints: shift.checkpoints.map(point => ({ ...point, skipped: point.skipped ?? null, checklists: point.checklists ?? [], checked: point.checked ?? [] })),
  handover_before: shift.handover_before && { ...shift.handover_before, items: shift.handover_before.items ?? [], read_at: shift.handover_before.read_at ?? null },
})

export const startable = (shift: Shift, now: Date) =>
  shift.state === 'planned' && Date.parse(shift.starts_at) - START_EARLY <= now.getTime() && now.getTime() < Date.parse(shift.ends_at)

/** The one to act on: under way, or else about to start. */
export const current = (shifts: Shift[], now: Date) => shifts.find(shift => shift.state === 'active') ?? shifts.find(shift => startable(shift, now))
export const upcoming = (shifts: Shift[], now: Date) =>
  shifts.filter(shift => shift.state === 'planned' && Date.parse(shift.ends_at) > now.getTime()).sort((a, b) => a.starts_at.localeCompare(b.starts_at))

/** Whether a checkpoint is behind them, visited or left out with a reason. */
export const settled = (point: Checkpoint) => !!point.visited_at || !!point.skipped
/** Who says who is along: whoever leads this shift. */
export const leadsShift = (shift: Shift, person: string | undefined) => shift.crew.some(one => one.person_id === person && one.role === 'leader')
