/** What is written down about a venue and its hours, and how it changes hands with the server. */
import type { Note, Venue } from '../../phone/venues/venue'

export type Person = { id: string; name: string }
export type VenuePlan = Omit<Venue, 'id' | 'unit' | 'runs' | 'version' | 'place_code' | 'capacity' | 'seats'> & { unit: string; place_code: string; capacity: string; seats: string }
export type Rule = { season: { from: string; until: string } | null; weekdays: number[]; on: 'all' | 'working' | 'holiday'; opens: string; closes: string; note: Note | null }
export type OtherDay = { on: string; opens: string | null; closes: string | null; reason: string }
export type Hours = { rules: Rule[]; exceptions: OtherDay[]; outside: { id: string; title: string; starts_at: string; ends_at: string }[] }

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
export const ON_DAYS = ['all', 'working', 'holiday'] as const

export const blank = (): VenuePlan => ({
  code: '', unit: '', name: '', kind: 'room', place_code: '', address: '', capacity: '', seats: '', step_free: 'no', access_note: '', rules: '',
  public: true, walk_in: true, bookable: true, needs_approval: true, slot_minutes: 30, longest_minutes: 720, max_hours_ahead: 24 * 366, stewards_needed: 0, key_holder: null, stewards: [],
})
export const blankRule = (): Rule => ({ season: null, weekdays: [...WEEKDAYS], on: 'all', opens: '19:00', closes: '21:30', note: null })
export const blankDay = (): OtherDay => ({ on: '', opens: null, closes: null, reason: '' })

const text = (figure: number | null) => (figure === null ? '' : String(figure))
const figure = (text: string) => (String(text).trim() ? Number(text) : null)

export const planOf = (venue: Venue): VenuePlan => {
  const { id: _id, unit, runs: _runs, version: _version, ...facts } = venue
  return { ...facts, unit: unit?.code ?? '', place_code: venue.place_code ?? '', capacity: text(venue.capacity), seats: text(venue.seats) }
}
export const bodyOf = ({ code: _code, unit: _unit, key_holder, stewards, ...plan }: VenuePlan) => ({
  ...plan, name: plan.name.trim(), address: plan.address.trim(), place_code: plan.place_code || null, capacity: figure(plan.capacity), seats: figure(plan.seats),
  longest_minutes: Number(plan.longest_minutes), max_hours_ahead: Number(plan.max_hours_ahead), stewards_needed: Number(plan.stewards_needed),
  key_holder_id: key_holder?.id ?? null, stewards: stewards.map(one => one.id),
})
/** A field for a time of day has no 24:00; what closes at 00:00 closes at the end of the day. */
export const hoursOf = (hours: Hours): Hours => ({ ...hours, rules: hours.rules.map(rule => ({ ...rule, closes: rule.closes === '24:00' ? '00:00' : rule.closes })), exceptions: hours.exceptions.map(day => ({ ...day, closes: day.closes === '24:00' ? '00:00' : day.closes })) })
const end = (closes: string) => (closes === '00:00' ? '24:00' : closes)
export const hoursBody = ({ rules, exceptions }: Pick<Hours, 'rules' | 'exceptions'>) => ({
  rules: rules.map(rule => ({ ...rule, closes: end(rule.closes), note: rule.note && { code: rule.note.code, from: rule.note.from || null } })),
  exceptions: exceptions.map(day => ({ ...day, opens: day.opens || null, closes: day.closes ? end(day.closes) : null, reason: day.reason.trim() })),
})
