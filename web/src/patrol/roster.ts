/** What a shift is, and what the phone's own notes make of it. */
import type { Item } from './items'

export type Checkpoint = { id: string; code: string; number: number; name: string; visited_at: string | null }
export type Shift = {
  id: string; squad: { id: string; name: string; code: string }; starts_at: string; ends_at: string
  state: 'planned' | 'active' | 'ended' | 'cancelled'; crew: { person_id: string; name: string; role: 'leader' | 'member'; stand_in: boolean }[]
  checkpoints: Checkpoint[]; handover_before: { text: string; by: string; at: string } | null; next_due_at: string | null; version: number
}

const START_EARLY = 60 * 60_000

function step(shift: Shift, item: Item): Shift {
  if (item.kind === 'start' && shift.state === 'planned') return { ...shift, state: 'active' }
  if (item.kind === 'end') return { ...shift, state: 'ended' }
  if (item.kind !== 'check_in') return shift
  const here = (point: Checkpoint) => (item.checkpoint_id ? point.id === item.checkpoint_id : point.number === item.number)
  return { ...shift, checkpoints: shift.checkpoints.map(point => (here(point) ? { ...point, visited_at: item.at } : point)) }
}

export const overlay = (shifts: Shift[], items: Item[]) =>
  shifts.map(shift => items.filter(item => item.shift_id === shift.id).reduce(step, shift))

export const startable = (shift: Shift, now: Date) =>
  shift.state === 'planned' && Date.parse(shift.starts_at) - START_EARLY <= now.getTime() && now.getTime() < Date.parse(shift.ends_at)

/** The one to act on: under way, or else about to start. */
export const current = (shifts: Shift[], now: Date) => shifts.find(shift => shift.state === 'active') ?? shifts.find(shift => startable(shift, now))
export const upcoming = (shifts: Shift[], now: Date) =>
  shifts.filter(shift => shift.state === 'planned' && Date.parse(shift.ends_at) > now.getTime()).sort((a, b) => a.starts_at.localeCompare(b.starts_at))
