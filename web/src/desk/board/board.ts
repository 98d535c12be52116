/** Tonight, as patrol shows it to the duty desk. */
import type { CaseLine } from '../../cases/cases'
import type { Response } from '../../together/response'

export type SquadLabel = { id: string; code: string; name: string; colour: string | null }
export type CrewMember = { person_id: string; name: string; role: 'leader' | 'member'; stand_in: boolean }
export type Stop = { id: string; code: string; number: number; name: string; visited_at: string | null }
export type Shift = {
  id: string; squad: SquadLabel; starts_at: string; ends_at: string; state: 'planned' | 'active' | 'ended' | 'cancelled'
  started_at: string | null; ended_at: string | null; handover: string; reason: string | null
  crew: CrewMember[]; checkpoints: Stop[]; next_due_at: string | null; version: number
  paused: { reason: string; until: string } | null; confirmed: { start: { present: string[] } | null }; handover_read_at: string | null; carried: string[]; handover_before: { read_at: string | null } | null
}
export type Silence = { step: 'buddy' | 'leader' | 'desk'; since: string; looked_after_by: string | null }
export type BoardShift = Shift & { last_sign_at: string | null; last_checkpoint: string | null; last_checkpoint_id: string | null; skipped: string[]; silence: Silence | null; troubles_open: number; overdue: boolean }
export type Sos = { id: string; name: string; squad: string | null; shift_id: string | null; checkpoint_id: string | null; place: string | null; raised_at: string; acknowledged_by: string | null; acknowledged_at: string | null }
export type Trouble = { id: string; kind: string; place: string; words: string; state: 'open' | 'taken' | 'closed'; squad: string | null; reporter: string; happened_at: string }
/** What is due first; `open` and `late` count all. */
export type OpenCases = { open: number; late: number; first: CaseLine[] }
export type Call = Pick<Response, 'id' | 'kind' | 'severity' | 'drill' | 'place' | 'zone' | 'raised_at' | 'meter'>
export type Cell = [column: number, row: number]
export type Point = { id: string; code: string; name: string; zone: string | null; cell: Cell; cases: number; late: number }
export type Zone = { code: string; name: string; cell: Cell | null; cases: number; late: number }
export type Board = { now: string; shifts: BoardShift[]; sos: Sos[]; troubles: Trouble[]; cases: OpenCases; calls: Call[]; map: { zones: Zone[]; points: Point[] } }

const WORRY = { desk: 0, leader: 1, buddy: 2 }
/** Who is not heard of comes first, then who is on the way, then who should be. */
const rank = (shift: BoardShift) => (shift.silence ? WORRY[shift.silence.step] : shift.state === 'active' ? 3 : shift.overdue ? 4 : 5)

export const onTheWay = (board: Board) => board.shifts.filter(one => one.state === 'active').sort((a, b) => rank(a) - rank(b) || a.starts_at.localeCompare(b.starts_at))
export const toCome = (board: Board) => board.shifts.filter(one => one.state === 'planned').sort((a, b) => rank(a) - rank(b) || a.starts_at.localeCompare(b.starts_at))
export const done = (board: Board) => board.shifts.filter(one => one.state === 'ended')

/** Something for which the desk must get up now. */
export const unanswered = (board: Board | undefined) =>
  !!board && (board.sos.some(one => !one.acknowledged_at) || board.shifts.some(one => one.silence?.step === 'desk' && !one.silence.looked_after_by))
