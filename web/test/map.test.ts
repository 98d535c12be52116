import { describe, expect, test } from 'vitest'
import type { Board, BoardShift } from '../src/desk/board/board'
import { oneAtATime } from '../src/desk/board/looking'
import { areas, inLines, lines, marks } from '../src/desk/board/map'
import { percent, shareOf } from '../src/desk/pictures/pictures'

const NOW = Date.parse('2026-11-26T19:00:00+08:00')
const point = (id: string, column: number, zone: string | null = null) => ({ id, code: id, name: id, zone, cell: [column, 0] as [number, number], cases: 0, late: 0 })
const stop = (id: string, visited_at: string | null = null) => ({ id, code: id, number: 1, name: id, visited_at })
const shift = (facts: Partial<BoardShift>) => ({
  id: 's', squad: { id: 'q', code: 'Q3', name: '', colour: null }, state: 'active', checkpoints: [], skipped: [], silence: null, next_due_at: null, last_checkpoint_id: null, ...facts,
}) as unknown as BoardShift
const board = (facts: Partial<Board>) => ({ now: '', shifts: [], sos: [], troubles: [], calls: [], map: { zones: [], points: [point('a', 0), point('b', 1), point('c', 2)] }, ...facts }) as Board
const AT = '2026-11-26T18:40:00+08:00'

describe('what a checkpoint is at tonight', () => {
  test('visited, left out, next, to come', () => {
    const out = shift({ checkpoints: [stop('a', AT), stop('b'), stop('c')], skipped: ['b'], last_checkpoint_id: 'a' })
    const found = marks(board({ shifts: [out] }), NOW)
    expect([...found.values()].map(mark => mark.state)).toEqual(['visited', 'skipped', 'next'])
    expect(found.get('a')).toMatchObject({ at: AT, squads: ['Q3'], shift: 's' })
  })
  test('what should have been reached is late, once nobody was heard of in time', () => {
    const out = shift({ checkpoints: [stop('a')], next_due_at: AT })
    expect(marks(board({ shifts: [out] }), NOW).get('a')!.state).toBe('late')
  })
  test('a squad that is not out yet makes nothing next', () => {
    expect(marks(board({ shifts: [shift({ state: 'planned', checkpoints: [stop('a')] })] }), NOW).get('a')!.state).toBe('idle')
  })
  test('of two squads what matters more is shown, and the visit is still said', () => {
    const been = shift({ id: 'been', checkpoints: [stop('a', AT)] })
    const late = shift({ id: 'late', checkpoints: [stop('a')], next_due_at: AT })
    expect(marks(board({ shifts: [late, been] }), NOW).get('a')).toMatchObject({ state: 'late', shift: 'late', at: AT })
  })
  test('a call for help stands at the last known checkpoint of its shift', () => {
    const out = shift({ checkpoints: [stop('a', AT), stop('b')], last_checkpoint_id: 'a' })
    const sos = [{ id: '1', shift_id: 's', checkpoint_id: null }] as unknown as Board['sos']
    expect(marks(board({ shifts: [out], sos }), NOW).get('a')!.state).toBe('sos')
  })
})

test('a way is walked up to the last stop that was visited', () => {
  const out = shift({ checkpoints: [stop('a'), stop('b', AT), stop('c')] })
  expect(lines(board({ shifts: [out] }))).toEqual([{ shift: 's', squad: 'Q3', walked: [[0, 0], [1, 0]], ahead: [[1, 0], [2, 0]] }])
})

test('a compound whose places do not touch has its name on each piece', () => {
  const zones = [{ code: 'C1', name: '体院', cell: null, cases: 0, late: 0 }]
  const points = [point('a', 0, 'C1'), point('b', 1, 'C1'), point('c', 3, 'C1')]
  expect(areas(board({ map: { zones, points } })).map(area => [area.cells.length, area.label])).toEqual([[2, [0, 0]], [1, [3, 0]]])
})

test('a long name takes two lines', () => {
  expect(inLines('供热站小区北门')).toEqual(['供热站小', '区北门'])
})

test('whatever news come while a question is asked, one more question is asked', async () => {
  const answers: (() => void)[] = []
  let asked = 0
  const look = oneAtATime(() => { asked++; return new Promise(done => answers.push(done)) })
  look(); look(); look()
  expect(asked).toBe(1)
  answers[0]!()
  await Promise.resolve(); await Promise.resolve()
  expect(asked).toBe(2)
})

test('a share leaves out what was left out with a reason, and is never rounded to all or nothing', () => {
  expect(shareOf({ planned: 4, made: 2, skipped: 1, missed: 1 })).toBeCloseTo(2 / 3)
  expect(shareOf({ planned: 1, made: 0, skipped: 1, missed: 0 })).toBeNull()
  expect([percent(0.999), percent(0.001), percent(1), percent(0)]).toEqual([99, 1, 100, 0])
})
