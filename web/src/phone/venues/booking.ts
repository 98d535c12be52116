/** Bookings, what stands in the way of one, and what could be done instead. */
import { language, t } from '../../i18n'
import { spanWords } from '../../time'
import { closedWords, times, type FreeSpan, type VenueName } from './venue'

export type BookingState = 'asked' | 'confirmed' | 'suspended' | 'waiting' | 'withdrawn' | 'rejected' | 'cancelled' | 'released'
export type Booking = {
  id: string; venue: VenueName; kind: 'booking' | 'block'; title: string; starts_at: string; ends_at: string; people: number | null
  person: { id: string; name: string } | null; unit: { id: string; code: string; name: string } | null; activity_id: string | null; series_id: string | null
  state: BookingState; reason: string | null; closure: { kind: string; reason: string; until: string | null } | null; to_confirm: string | null; version: number
}
export type Suggestion = { venue: VenueName; starts_at: string; ends_at: string; why: { code: string; minutes?: number; capacity?: number | null }[] }
export type Conflict = {
  on: string; starts_at: string; ends_at: string; code: 'taken' | 'closed' | 'outside_hours'; kind?: string; reason?: string
  spans?: FreeSpan[]; with: { title: string | null; kind: string }[]; suggestions: Suggestion[]
}
export type Made = { made: Booking[]; conflicts: Conflict[] }
export type Wish = {
  venue_id: string; title: string; starts_at: string; ends_at: string; people: number | null; unit: string | null
  repeat: { rule: string; until: string } | null; on_conflict: 'fail' | 'skip' | 'wait'
}

export const BOOKING_TONES = { asked: 'warn', confirmed: 'ok', suspended: 'bad', waiting: 'warn', withdrawn: 'plain', rejected: 'bad', cancelled: 'plain', released: 'plain' } as const
const RELEASES = ['not_confirmed', 'not_decided', 'called_off', 'postponed']

export const isLive = (booking: Booking) => ['asked', 'confirmed', 'suspended', 'waiting'].includes(booking.state)
export const spanOf = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) => spanWords(new Date(starts_at), new Date(ends_at), new Date(), language())

/** A reason is a person's words, or a code of the system's own. */
export function reasonWords(booking: Booking): string {
  if (booking.closure) return t('venues.suspended_because', { why: closedWords(booking.closure) })
  if (!booking.reason) return ''
  return RELEASES.includes(booking.reason) ? t(`venues.releases.${booking.reason}`) : t('venues.reason_is', { reason: booking.reason })
}

export function conflictWords(conflict: Conflict): string {
  if (conflict.code === 'closed') return t('venues.closed_because', { why: closedWords(conflict) })
  if (conflict.code === 'outside_hours') return conflict.spans?.length ? t('venues.outside', { spans: conflict.spans.map(times).join(t('venues.comma')) }) : t('venues.closed_that_day')
  const titles = conflict.with.map(one => one.title).filter(Boolean)
  return titles.length ? t('venues.taken_by', { titles: titles.join(t('venues.comma')) }) : t('venues.taken')
}

export const suggestionWords = ({ why }: Suggestion) => why.map(one => t(`venues.suggest.${one.code}`, { ...one })).join(t('venues.comma'))
