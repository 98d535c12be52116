/** An activity as the events service shows it. */
export type Activity = {
  id: string; title: string; summary: string; kind: string; form: string | null; unit: { id: string; code: string; name: string }; place: string
  starts_at: string; ends_at: string; capacity: number | null; going_count: number; waiting_count: number
  state: 'draft' | 'submitted' | 'published' | 'sent_back' | 'postponed' | 'called_off' | 'ended'; reason: string | null
  mine: 'going' | 'waiting' | 'cancelled' | null; sandbox: boolean; series_id: string | null; version: number
}
export type SignUp = { state: 'going' | 'waiting' | 'cancelled' | 'off'; reason: string | null; position?: number | null }

export const isFull = (activity: Activity) => activity.capacity !== null && activity.going_count >= activity.capacity
export const isOver = (activity: Activity, now: Date) => activity.state === 'ended' || Date.parse(activity.ends_at) < now.getTime()

/** The one word that matters most to the reader, with its colour. */
export function mark(activity: Activity, now: Date): { word: string; tone: 'ok' | 'warn' | 'bad' | 'plain' } | null {
  if (activity.state === 'called_off') return { word: 'called_off', tone: 'bad' }
  if (activity.state === 'postponed') return { word: 'postponed', tone: 'warn' }
  if (isOver(activity, now)) return { word: 'ended', tone: 'plain' }
  if (activity.mine === 'going') return { word: 'mine', tone: 'ok' }
  if (activity.mine === 'waiting') return { word: 'waiting', tone: 'warn' }
  return isFull(activity) ? { word: 'full', tone: 'plain' } : null
}
