/** What people do on patrol, each written to the outbox first. */
import { t } from '../i18n'
import { say } from '../toast'
import type { Answer, Facts, Trouble } from './items'
import { write } from './outbox'
import { placeIfAllowed } from './place'
import type { Again, Checklist, Checkpoint, Shift } from './roster'

type Where = Pick<Facts, 'checkpoint_id' | 'number' | 'qr' | 'how'>

export async function checkIn(shiftId: string | null, where: Where, name: string) {
  const place = await placeIfAllowed()
  await write({ kind: 'check_in', shift_id: shiftId, ...where, ...place }, name)
  navigator.vibrate?.(80)
  say(t('phone.patrol.saved', { name }))
}

export async function start(shift: Shift) {
  await write({ kind: 'start', shift_id: shift.id }, t('phone.patrol.start'))
  say(t('phone.patrol.started'))
}

export async function end(shift: Shift, handover: string, carried: string[] = []) {
  await write({ kind: 'end', shift_id: shift.id, handover: handover.trim(), ...(carried.length && { carried: [...carried] }) }, t('phone.patrol.end'))
  say(t('phone.patrol.ended'))
}

export async function allWell(shift: Shift) {
  await write({ kind: 'all_well', shift_id: shift.id }, t('phone.patrol.all_well'))
  say(t('phone.patrol.all_well_saved'))
}

export async function skip(shift: Shift, point: Checkpoint, reason: string, note: string) {
  await write({ kind: 'skip', shift_id: shift.id, checkpoint_id: point.id, skip: { reason, note: note.trim() } }, point.name)
  say(t('phone.patrol.saved', { name: point.name }))
}

/** Whoever goes through a checklist is there: so that is noted too, if it was not. */
export async function check(shift: Shift, point: Checkpoint, list: Checklist, answers: Answer[]) {
  if (!point.visited_at) await checkIn(shift.id, { checkpoint_id: point.id, how: 'tap' }, point.name)
  await write({ kind: 'check', shift_id: shift.id, checkpoint_id: point.id, check: { code: list.code, version: list.version, answers } }, `${list.name} · ${point.name}`)
  say(t('phone.patrol.saved', { name: list.name }))
}

export async function pause(shift: Shift, reason: string, minutes: number) {
  await write({ kind: 'pause', shift_id: shift.id, pause: { reason, minutes } }, t('way.pause'))
  say(t('way.paused_saved', { n: minutes }))
}

export async function resume(shift: Shift) {
  await write({ kind: 'resume', shift_id: shift.id }, t('way.resume'))
  say(t('way.resumed'))
}

export async function confirmCrew(shift: Shift, moment: 'start' | 'end', present: string[]) {
  await write({ kind: 'crew', shift_id: shift.id, crew: { moment, present: [...present] } }, t('way.crew'))
  say(t('way.crew_saved'))
}

export async function readHandover(shift: Shift) {
  await write({ kind: 'handover_read', shift_id: shift.id, of: shift.handover_before!.shift_id }, t('way.handover'))
  say(t('way.handover_saved'))
}

export async function lookAgain(shift: Shift, task: Again, fixed: boolean) {
  await write({ kind: 'second_look', shift_id: shift.id, case_id: task.case_id, fixed }, `${task.place} ${t(fixed ? 'phone.again.yes' : 'phone.again.no')}`)
  navigator.vibrate?.(80)
  say(t('phone.patrol.saved', { name: task.place }))
}

export const report = (trouble: Trouble, shiftId: string | null, checkpointId?: string) =>
  write({ kind: 'trouble', shift_id: shiftId, ...(checkpointId && { checkpoint_id: checkpointId }), trouble }, t(`phone.troubles.${trouble.kind}`))

export const callForHelp = (shiftId: string | null, checkpointId?: string) =>
  write({ kind: 'sos', shift_id: shiftId, ...(checkpointId && { checkpoint_id: checkpointId }) }, t('phone.sos.name'))

/** The token of a plate's address (…/p/<token>), or nothing when it is some other code. */
export const plateToken = (text: string) => text.match(/\/p\/([\w.~-]+)\/?$/)?.[1]
