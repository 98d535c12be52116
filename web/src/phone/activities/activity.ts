/** An activity as the events service shows it. */
import type { Rules } from './wish'

export type State = 'going' | 'waiting' | 'offered' | 'cancelled'
export type Activity = {
  id: string; title: string; summary: string; kind: string; form: string | null; unit: { id: string; code: string; name: string }; place: string
  starts_at: string; ends_at: string; capacity: number | null; going_count: number; waiting_count: number; seats_left: number | null
  state: 'draft' | 'submitted' | 'published' | 'sent_back' | 'postponed' | 'called_off' | 'ended'; reason: string | null
  mine: State | null; sandbox: boolean; series_id: string | null; finished_at: string | null; sign_up: Rules | null; audience: { everyone: boolean }; version: number
}
export type Why = { code: string } & Record<string, unknown>
export type SignUp = {
  state: State; why: Why[]; position: number | null; offer_until: string | null; party_size: number; part: string | null; by: string; attended_at: string | null
}

export const isFull = (activity: Activity) => activity.seats_left === 0
/** Whoever leads it may have finished it before its time. */
export const isOver = (activity: Activity, now: Date) => activity.state === 'ended' || !!activity.finished_at || Date.parse(activity.ends_at) < now.getTime()
export const hasBegun = (activity: Activity, now: Date) => Date.parse(activity.starts_at) <= now.getTime()

/** From two hours before the start somebody can be there. */
const EARLY = 2 * 3_600_000
export const isNear = (activity: Activity, now: Date) =>
  activity.state === 'published' && Date.parse(activity.starts_at) - EARLY <= now.getTime() && !isOver(activity, now)

/** The list is closed before the start, where the unit wants it so. */
export function isClosed(activity: Activity, now: Date) {
  const minutes = activity.sign_up?.closes_minutes_before ?? 0
  return minutes > 0 && Date.parse(activity.starts_at) - minutes * 60_000 <= now.getTime()
}

/** The one word that matters most to the reader, with its colour. */
export function mark(activity: Activity, now: Date): { word: string; tone: 'ok' | 'warn' | 'bad' | 'plain' } | null {
  if (activity.state === 'called_off') return { word: 'called_off', tone: 'bad' }
  if (activity.state === 'postponed') return { word: 'postponed', tone: 'warn' }
  if (isOver(activity, now)) return { word: 'ended', tone: 'plain' }
  if (activity.mine === 'offered') return { word: 'offered', tone: 'warn' }
  if (activity.mine === 'going') return { word: 'mine', tone: 'ok' }
  if (activity.mine === 'waiting') return { word: 'waiting', tone: 'warn' }
  return isFull(activity) ? { word: 'full', tone: 'plain' } : null
}

/** What the one button of an activity does now. */
export type Step = 'here' | 'take' | 'sign_up' | 'wait' | 'give_back' | 'leave' | 'closed' | 'none'
export function stepOf(activity: Activity, mine: SignUp | null, now: Date): Step {
  if (activity.state !== 'published' || isOver(activity, now)) return 'none'
  if (mine?.attended_at) return 'none'
  const state = mine?.state ?? 'cancelled'
  if (isNear(activity, now) && (state === 'going' || hasBegun(activity, now))) return 'here'
  if (state === 'offered') return 'take'
  if (state === 'going') return 'give_back'
  if (state === 'waiting') return 'leave'
  if (isClosed(activity, now)) return 'closed'
  return isFull(activity) ? 'wait' : 'sign_up'
}
