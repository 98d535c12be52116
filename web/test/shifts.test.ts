import { expect, test } from 'vitest'
import type { Item } from '../src/patrol/items'
import { current, overlay, startable, whole, type Shift } from '../src/patrol/roster'

const now = new Date('2026-11-22T12:30:00Z')
const point = (number: number) => ({ id: `c${number}`, code: `P0${number}`, number, name: `点${number}`, visited_at: null, skipped: null, checklists: [], checked: [] })

function shift(more: Partial<Shift> = {}): Shift {
  return { id: 's1', squad: { id: 'q1', name: '夜安一队', code: 'N1' }, starts_at: '2026-11-22T12:00:00Z', ends_at: '2026-11-22T14:00:00Z', state: 'planned', crew: [], checkpoints: [point(1), point(2)], handover_before: null, next_due_at: null, version: 1, phase: 'planned', paused: null, confirmed: { start: null, end: null }, open: [], checklists: [], key_areas: [], tip: null, ...more }
}
const item = (more: Partial<Item>): Item => ({ id: 'i', kind: 'check_in', shift_id: 's1', at: '2026-11-22T12:31:00Z', seq: 1, person_id: 'p', label: '', page_session: 'x', state: 'waiting', ...more })

test('what the phone wrote down is seen at once, before the server knows', () => {
  const [seen] = overlay([shift()], [item({ kind: 'start' }), item({ checkpoint_id: 'c1' }), item({ number: 2 })])

  expect(seen!.state).toBe('active')
  expect(seen!.checkpoints.map(one => one.visited_at)).toEqual(['2026-11-22T12:31:00Z', '2026-11-22T12:31:00Z'])
})

test('items of another shift change nothing', () => {
  expect(overlay([shift()], [item({ shift_id: 's2', checkpoint_id: 'c1' })])).toEqual([shift()])
})

test('a shift can be started from an hour before until its end', () => {
  expect(startable(shift(), now)).toBe(true)
  expect(startable(shift({ starts_at: '2026-11-22T13:30:00Z' }), now)).toBe(true)
  expect(startable(shift({ starts_at: '2026-11-22T13:31:00Z' }), now)).toBe(false)
  expect(startable(shift({ ends_at: '2026-11-22T12:30:00Z' }), now)).toBe(false)
  expect(startable(shift({ state: 'cancelled' }), now)).toBe(false)
})

test('the shift under way comes before one that could start', () => {
  const active = shift({ id: 's2', state: 'active' })

  expect(current([shift(), active], now)).toBe(active)
  expect(current([shift({ state: 'ended' })], now)).toBeUndefined()
})

test('what was left out, checked or paused is seen at once too', () => {
  const written = [item({ kind: 'start' }), item({ kind: 'skip', checkpoint_id: 'c1', skip: { reason: 'locked' } }), item({ kind: 'check', checkpoint_id: 'c2', check: { code: 'shed', version: 1, answers: [] } }), item({ kind: 'pause', pause: { reason: 'warming', minutes: 20 } })]

  const [seen] = overlay([shift()], written)
  const [after] = overlay([seen!], [item({ kind: 'resume' })])

  expect(seen!.checkpoints.map(one => [one.skipped?.reason, one.checked])).toEqual([['locked', []], [undefined, ['shed']]])
  expect([seen!.phase, seen!.paused!.until]).toEqual(['paused', '2026-11-22T12:51:00.000Z'])
  expect([after!.phase, after!.paused]).toEqual(['active', null])
})

test('a copy that was kept before this release opens too', () => {
  const old = JSON.parse(JSON.stringify({ ...shift(), open: undefined, key_areas: undefined, checklists: undefined, paused: undefined, phase: undefined, confirmed: undefined })) as Shift

  expect(whole(old)).toEqual(shift())
})
