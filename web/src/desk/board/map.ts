/** The board's map: fixed places only, and what became of them tonight. Nobody's place is known, none is drawn. */
import type { Board, BoardShift, Cell, Sos, Zone } from './board'

export const STATES = ['sos', 'late', 'next', 'visited', 'skipped', 'to_come', 'idle'] as const
export type State = (typeof STATES)[number]
/** `shift`: whose row tells more; `at`: when it was last visited tonight; `squads`: whose last sign came from here. */
export type Mark = { state: State; at: string | null; shift: string | null; silent: boolean; squads: string[] }
export type Line = { shift: string; squad: string; walked: Cell[]; ahead: Cell[] }
export type Area = { zone: Zone; cells: Cell[]; label: Cell }

const under = (shift: BoardShift) => shift.state === 'active'
const isLate = (shift: BoardShift, now: number) => !!shift.silence || (!!shift.next_due_at && Date.parse(shift.next_due_at) < now)
/** The first stop that is neither visited nor left out. */
const nextStop = (shift: BoardShift) => shift.checkpoints.find(stop => !stop.visited_at && !shift.skipped.includes(stop.id))

/** Where a call for help came from, as far as a fixed place is known. */
export function placeOf(sos: Sos, shifts: BoardShift[]): string | null {
  return sos.checkpoint_id ?? shifts.find(shift => shift.id === sos.shift_id)?.last_checkpoint_id ?? null
}

function stateIn(id: string, shift: BoardShift, now: number): { state: State; at: string | null } {
  const stop = shift.checkpoints.find(one => one.id === id)
  if (!stop) return { state: 'idle', at: null }
  if (stop.visited_at) return { state: 'visited', at: stop.visited_at }
  if (shift.skipped.includes(id)) return { state: 'skipped', at: null }
  if (!under(shift)) return { state: 'idle', at: null }
  if (nextStop(shift)?.id === id) return { state: isLate(shift, now) ? 'late' : 'next', at: null }
  return { state: 'to_come', at: null }
}

/** What became of each point; of several shifts the one that matters most. */
export function marks(board: Board, now: number): Map<string, Mark> {
  const called = new Set(board.sos.map(sos => placeOf(sos, board.shifts)))
  return new Map(board.map.points.map(({ id }) => {
    const mark: Mark = { state: called.has(id) ? 'sos' : 'idle', at: null, shift: null, silent: false, squads: [] }
    for (const shift of board.shifts) {
      const { state, at } = stateIn(id, shift, now)
      if (state !== 'idle' && STATES.indexOf(state) <= STATES.indexOf(mark.state)) Object.assign(mark, { state, shift: shift.id })
      if (state !== 'idle') mark.shift ??= shift.id
      if (at && (!mark.at || at > mark.at)) mark.at = at
      if (!under(shift) || shift.last_checkpoint_id !== id) continue
      mark.squads.push(shift.squad.code)
      mark.silent ||= !!shift.silence
    }
    return [id, mark]
  }))
}

/** The ways of squads that are out: what they have behind them, and what is ahead. */
export function lines(board: Board): Line[] {
  const cells = new Map(board.map.points.map(point => [point.id, point.cell]))
  return board.shifts.filter(under).map(shift => {
    const stops = shift.checkpoints.filter(stop => cells.has(stop.id))
    const last = stops.reduce((found, stop, n) => (stop.visited_at ? n : found), 0)
    const way = stops.map(stop => cells.get(stop.id)!)
    return { shift: shift.id, squad: shift.squad.code, walked: way.slice(0, last + 1), ahead: way.slice(last) }
  })
}

/** The cells of each compound in pieces that hang together, each with the cell that bears its name. */
export function areas(board: Board): Area[] {
  return board.map.zones.flatMap(zone => {
    const cells = zone.cell ? [zone.cell] : board.map.points.filter(point => point.zone === zone.code).map(point => point.cell)
    return pieces(cells).map(piece => ({ zone, cells: piece, label: [...piece].sort((a, b) => a[1] - b[1] || a[0] - b[0])[0]! }))
  })
}

const touch = (a: Cell, b: Cell) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) === 1

function pieces(cells: Cell[]): Cell[][] {
  const left = [...cells]
  const found: Cell[][] = []
  while (left.length) {
    const piece = [left.shift()!]
    for (const cell of piece) for (let n = left.length - 1; n >= 0; n--) if (touch(cell, left[n]!)) piece.push(...left.splice(n, 1))
    found.push(piece)
  }
  return found
}

/** How many columns and rows there are. */
export function sizeOf(board: Board): Cell {
  const cells = [...board.map.points.map(point => point.cell), ...board.map.zones.flatMap(zone => (zone.cell ? [zone.cell] : []))]
  return [Math.max(0, ...cells.map(cell => cell[0])) + 1, Math.max(0, ...cells.map(cell => cell[1])) + 1]
}

/** A name in two lines where one would be too long. */
export const inLines = (name: string, most = 6) => (name.length <= most ? [name] : [name.slice(0, Math.ceil(name.length / 2)), name.slice(Math.ceil(name.length / 2))])
