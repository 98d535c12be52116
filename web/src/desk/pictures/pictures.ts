/** Pictures of places, kinds and hours, as patrol counts them. */
import { startOfDay } from '../../time'

export type Visits = { planned: number; made: number; skipped: number; missed: number }
export type Coverage = { hours: (Visits & { weekday: number; hour: number })[]; checkpoints: (Visits & { checkpoint_id: string; code: string; name: string })[]; all: Visits }
export type CaseTimes = { reported: number; open: number; fixed: number; q1: number | null; q2: number | null; q3: number | null }
export type CasePicture = { kinds: (CaseTimes & { kind: string })[]; all: CaseTimes; few: number }
export type Answers = { asked: number; answered: number; coming: number; declined: number; median: number | null; within: { minutes: number; answered: number }[] }
export type DrillPicture = { drills: (Answers & { id: string; place: string; kind: string; raised_at: string })[]; rings: (Answers & { ring: string })[]; all: Answers; few: number }
export type Visit = { shift_id: string; squad: string; code: string; name: string; at: string; outcome: 'made' | 'skipped' | 'missed'; visited_at: string | null; reason: string | null }
export type Span = { from: string; until: string }

export const WEEKS = [4, 8, 26, 52] as const
/** Whole days, so that a number and the list behind it are of the same time. */
export const spanOf = (weeks: number, now: Date): Span => ({ from: startOfDay(now, -7 * weeks).toISOString(), until: startOfDay(now, 1).toISOString() })

/** Of what was to be visited and was not left out with a reason, how much was; null where there was nothing. */
export function shareOf(visits: Visits): number | null {
  const due = visits.planned - visits.skipped
  return due > 0 ? visits.made / due : null
}

/** Never all of it while something is missing, never nothing while something is there. */
export function percent(share: number): number {
  const rounded = Math.round(share * 100)
  if (rounded === 100 && share < 1) return 99
  return rounded === 0 && share > 0 ? 1 : rounded
}

/** The hours between the first and the last in which there was something. */
export function hoursIn(coverage: Coverage): number[] {
  const hours = coverage.hours.map(one => one.hour)
  return hours.length ? Array.from({ length: Math.max(...hours) - Math.min(...hours) + 1 }, (_, n) => Math.min(...hours) + n) : []
}

export const pathTo = (page: string, query: Record<string, string | number | undefined>) =>
  `/desk/board/${page}?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)]))}`
