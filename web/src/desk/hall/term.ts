/** What is written down about a term, and how it changes hands with the server. */
import type { Room, Term, TermFacts, Weekly } from './hall'

export type Form = { unit: string; name: string; starts_on: string; ends_on: string; wanted: Weekly[]; rooms: { name: string; venue_id: string | null; capacity: string }[]; capacity: string; repeats: string }
export type Venue = { id: string; name: string; capacity: number | null; bookable: boolean }

const figure = (text: string | number) => (String(text).trim() ? Number(text) : null)
export const blankTime = (): Weekly => ({ weekday: 2, start_time: '19:00', minutes: 90 })
export const blank = (): Form => ({ unit: '', name: '', starts_on: '', ends_on: '', wanted: [blankTime()], rooms: [], capacity: '', repeats: '1' })

const roomOf = (room: Room) => ({ name: room.name ?? '', venue_id: room.venue_id, capacity: room.capacity === null ? '' : String(room.capacity) })
export const formOf = (term: Term): Form => ({
  unit: term.unit.code, name: term.name, starts_on: term.starts_on, ends_on: term.ends_on, wanted: term.wanted.map(one => ({ ...one })),
  rooms: term.rooms.map(roomOf), capacity: term.capacity === null ? '' : String(term.capacity), repeats: String(term.repeats),
})
export const bodyOf = (form: Form): TermFacts => ({
  name: form.name.trim(), starts_on: form.starts_on, ends_on: form.ends_on, capacity: figure(form.capacity), repeats: Number(form.repeats),
  wanted: form.wanted.map(one => ({ ...one, weekday: Number(one.weekday), minutes: Number(one.minutes) })),
  rooms: form.rooms.map(room => ({ name: room.venue_id ? null : room.name.trim(), venue_id: room.venue_id, capacity: figure(room.capacity) })),
})
