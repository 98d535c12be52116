/** What people do on patrol, each written to the outbox first. */
import { t } from '../i18n'
import { say } from '../toast'
import type { Facts, Trouble } from './items'
import { write } from './outbox'
import { placeIfAllowed } from './place'
import type { Shift } from './roster'

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

export async function end(shift: Shift, handover: string) {
  await write({ kind: 'end', shift_id: shift.id, handover: handover.trim() }, t('phone.patrol.end'))
  say(t('phone.patrol.ended'))
}

export async function allWell(shift: Shift) {
  await write({ kind: 'all_well', shift_id: shift.id }, t('phone.patrol.all_well'))
  say(t('phone.patrol.all_well_saved'))
}

export const report = (trouble: Trouble, shiftId: string | null, checkpointId?: string) =>
  write({ kind: 'trouble', shift_id: shiftId, ...(checkpointId && { checkpoint_id: checkpointId }), trouble }, t(`phone.troubles.${trouble.kind}`))

export const callForHelp = (shiftId: string | null, checkpointId?: string) =>
  write({ kind: 'sos', shift_id: shiftId, ...(checkpointId && { checkpoint_id: checkpointId }) }, t('phone.sos.name'))

/** The token of a plate's address (…/p/<token>), or nothing when it is some other code. */
export const plateToken = (text: string) => text.match(/\/p\/([\w.~-]+)\/?$/)?.[1]
