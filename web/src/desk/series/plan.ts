/** What is written down about a series, and how it changes hands with the server. */
import { nobody, type Audience } from '../activities/plan'

export type Season = { from: string; until: string; start_time: string; minutes: string; closed: boolean }
export type Rhythm = { every: 'daily' | 'weekly' | 'monthly' | 'special'; interval: number; weekdays: string[]; nth: string; rule: string }
export type SeriesPlan = {
  unit: string; title: string; summary: string; kind: string; form: string; place: string; capacity: string; audience: Audience
  rhythm: Rhythm; starts_on: string; ends_on: string; start_time: string; minutes: string; seasons: Season[]; days: 'all' | 'no_holidays' | 'working'
}
type SentSeason = { from: string; until: string; start_time: string | null; minutes: number | null; closed: boolean }
export type Series = {
  id: string; title: string; summary: string; kind: string; form: string | null; place: string; capacity: number | null; audience: Audience; unit: { id: string; code: string; name: string }
  rule: string; starts_on: string; ends_on: string | null; start_time: string; minutes: number; seasons: SentSeason[]; days: SeriesPlan['days']
  state: 'draft' | 'submitted' | 'sent_back' | 'published' | 'ended'; reason: string | null; sandbox: boolean; mine: boolean; version: number
  next: { id: string; starts_at: string; ends_at: string; state: string }[]
}
export type Preview = { items: { on: string; starts_at: string; ends_at: string; season: number | null; why: 'closed_season' | 'holiday' | 'day_off' | null }[]; count: number }

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export const NTHS = ['1', '2', '3', '4', 'last'] as const
export const ON_DAYS = ['all', 'no_holidays', 'working'] as const

export const blankSeason = (): Season => ({ from: '', until: '', start_time: '', minutes: '', closed: false })
export const blank = (): SeriesPlan => ({
  unit: '', title: '', summary: '', kind: 'sport', form: '', place: '', capacity: '', audience: { ...nobody(), everyone: true },
  rhythm: { every: 'weekly', interval: 1, weekdays: [], nth: '1', rule: '' }, starts_on: '', ends_on: '', start_time: '19:00', minutes: '90', seasons: [], days: 'all',
})

/** The rule that people mean (RRULE of RFC 5545). */
export function ruleOf({ every, interval, weekdays, nth, rule }: Rhythm): string {
  if (every === 'daily') return 'FREQ=DAILY'
  if (every === 'special') return rule
  if (every === 'monthly') return `FREQ=MONTHLY;BYDAY=${nth === 'last' ? -1 : nth}${weekdays[0] ?? 'MO'}`
  return ['FREQ=WEEKLY', interval > 1 && `INTERVAL=${interval}`, weekdays.length && `BYDAY=${WEEKDAYS.filter(day => weekdays.includes(day)).join(',')}`].filter(Boolean).join(';')
}

/** The same, read back; what the page has no fields for stays as it is. */
export function rhythmOf(rule: string): Rhythm {
  const found = (pattern: RegExp) => pattern.exec(rule)
  const plain: Rhythm = { every: 'special', interval: 1, weekdays: [], nth: '1', rule }
  if (rule === 'FREQ=DAILY') return { ...plain, every: 'daily' }
  const weekly = found(/^FREQ=WEEKLY(?:;INTERVAL=([234]))?(?:;BYDAY=([A-Z,]+))?$/)
  if (weekly) return { ...plain, every: 'weekly', interval: Number(weekly[1] ?? 1), weekdays: weekly[2]?.split(',') ?? [] }
  const monthly = found(/^FREQ=MONTHLY;BYDAY=(-1|[1-4])([A-Z]{2})$/)
  return monthly ? { ...plain, every: 'monthly', nth: monthly[1] === '-1' ? 'last' : monthly[1], weekdays: [monthly[2]] } : plain
}

export const planOf = (series: Series): SeriesPlan => ({
  unit: series.unit.code, title: series.title, summary: series.summary, kind: series.kind, form: series.form ?? '', place: series.place,
  capacity: series.capacity === null ? '' : String(series.capacity), audience: { ...nobody(), ...series.audience }, rhythm: rhythmOf(series.rule),
  starts_on: series.starts_on, ends_on: series.ends_on ?? '', start_time: series.start_time, minutes: String(series.minutes), days: series.days,
  seasons: series.seasons.map(one => ({ ...one, start_time: one.start_time ?? '', minutes: one.minutes === null ? '' : String(one.minutes) })),
})

export const rhythmBody = (plan: SeriesPlan) => ({
  rule: ruleOf(plan.rhythm), starts_on: plan.starts_on, ends_on: plan.ends_on || null, start_time: plan.start_time, minutes: Number(plan.minutes), days: plan.days,
  seasons: plan.seasons.map(one => ({ from: one.from, until: one.until, closed: one.closed, start_time: one.closed ? null : one.start_time || null, minutes: one.closed || !one.minutes ? null : Number(one.minutes) })),
})

export const bodyOf = (plan: SeriesPlan) => ({
  title: plan.title.trim(), summary: plan.summary.trim(), kind: plan.kind, form: plan.form || null, place: plan.place.trim(),
  capacity: String(plan.capacity).trim() ? Number(plan.capacity) : null, audience: plan.audience.everyone ? { everyone: true } : plan.audience, ...rhythmBody(plan),
})
