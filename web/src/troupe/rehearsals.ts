/** Rehearsals in venues that can be booked: where it is booked, every week from the next one on. */
import { dayOf, weekdayOf } from '../time'
import type { Rehearsal, Troupe } from '../troupes'

export type Room = { id: string; name: string }
const DAY = 86_400_000

export function bookingOf({ name }: Troupe, one: Rehearsal, rooms: Room[], title: string, now: Date): string | undefined {
  const room = rooms.find(each => each.name === one.place)
  if (!room) return undefined
  const days = (one.weekday - 1 - weekdayOf(now) + 7) % 7
  const on = dayOf(new Date(now.getTime() + days * DAY))
  return `/venues/${room.id}/book?${new URLSearchParams({ title: `${name} ${title}`, on, at: one.start_time, minutes: String(one.minutes), repeat: 'weekly' })}`
}
