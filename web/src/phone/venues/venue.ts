/** Venues and their hours as the events service shows them, and the words for them. */
import { known, language, t } from '../../i18n'
import { clock, dateWords } from '../../time'

export type VenueName = { id: string; code: string; name: string }
type Person = { id: string; name: string }
export type Venue = VenueName & {
  unit: { id: string; code: string; name: string } | null; kind: string; place_code: string | null; address: string
  capacity: number | null; seats: number | null; step_free: 'yes' | 'partly' | 'no'; access_note: string; rules: string
  public: boolean; walk_in: boolean; bookable: boolean; needs_approval: boolean; slot_minutes: number; longest_minutes: number; max_hours_ahead: number
  stewards_needed: number; runs: boolean; key_holder: Person | null; stewards: Person[]; version: number
}
export type Note = { code: string; from: string | null }
export type FreeSpan = { from: string; to: string }
export type Span = FreeSpan & { note: Note | null }
export type Why = { code: string } & Record<string, unknown>
export type Opening = { on: string; spans: Span[]; why: Why[] }
export type Closure = { id: string; kind: string; from: string; until: string | null; reason: string; suspended: number }
export type Board = {
  now: string; open: { venue: VenueName; until: string; note: Note | null }[]; tonight: { venue: VenueName; from: string; until: string }[]
  closed: { venue: VenueName; kind: string; reason: string; until: string | null }[]
}

export const VENUE_KINDS = ['room', 'ground', 'hall', 'yard', 'reading_room', 'warm_room', 'vehicle', 'equipment'] as const
export const NOTES = ['minors_with_guardian', 'help_desk', 'members_only', 'quiet', 'course'] as const
export const CAUSES = ['cold', 'heat', 'storm', 'air', 'works', 'event', 'other'] as const

export const times = ({ from, to }: FreeSpan) => `${clock(new Date(from))}–${clock(new Date(to)) === '00:00' ? '24:00' : clock(new Date(to))}`
/** Hours that follow each other are one to whoever comes, whatever else holds in them. */
export function whole(spans: FreeSpan[]): FreeSpan[] {
  return spans.reduce<FreeSpan[]>((found, { from, to }) => {
    const last = found.at(-1)
    return last?.to === from ? [...found.slice(0, -1), { from: last.from, to }] : [...found, { from, to }]
  }, [])
}
export const dayName = (on: string) => dateWords(on, new Date(), language())
export const noteWords = (note: Note | null) => (note ? t(`venues.notes.${note.code}${note.from ? '_from' : ''}`, { from: note.from }) : '')
/** What holds on a day, with its times where that is not the whole of what is open. */
export const notesOf = (spans: Span[]) => spans.filter(one => one.note).map(one => {
  const partly = !one.note!.from && !whole(spans).some(all => all.from === one.from && all.to === one.to)
  return partly ? `${times(one)} ${noteWords(one.note)}` : noteWords(one.note)
})
/** 10-15 as people say it. */
const monthDay = (on: string) => new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'zh-CN', { month: language() === 'en' ? 'short' : 'long', day: 'numeric', timeZone: 'UTC' }).format(new Date(`2024-${on}`))
/** Why it is closed: the cause in our words, the reason in theirs. */
export const closedWords = ({ kind, reason }: { kind?: unknown; reason?: unknown } | Why) => [kind && kind !== 'other' && t(`venues.causes.${String(kind)}`), reason].filter(Boolean).join(t('venues.colon'))

/** Where the hours of a day come from, as far as that is worth saying. */
export function whyWords(why: Why): string {
  if (why.code === 'closed') return closedWords(why)
  if (why.code === 'season') return t('venues.why.season', { from: monthDay(String(why.from)), until: monthDay(String(why.until)) })
  const key = `venues.why.${why.code}`
  return known(key) ? t(key, why) : ''
}

/** The one thing about a venue today that matters most. */
export function today(board: Board | undefined, id: string): { words: string; tone: 'ok' | 'bad' | 'info' } | null {
  const closed = board?.closed.find(one => one.venue.id === id)
  const open = board?.open.find(one => one.venue.id === id)
  if (open) return { words: t('venues.open_until', { at: clock(new Date(open.until)) }), tone: 'ok' }
  if (closed) return { words: t('venues.closed_because', { why: closedWords(closed) }), tone: 'bad' }
  const later = board?.tonight.find(one => one.venue.id === id)
  return later ? { words: t('venues.opens_at', { span: times({ from: later.from, to: later.until }) }), tone: 'info' } : null
}
