/** What the planning board shows: activities and bookings of a week as cards, and how a card changes its time. */
import { api } from '../../api'
import { isLive, type Booking } from '../../phone/venues/booking'
import { clock, dayOf } from '../../time'
import { bodyOf, planOf, type DeskActivity } from '../activities/plan'

/** An activity, a booking, or both: an activity that has a venue is one card. */
export type Item = {
  key: string; title: string; unit: string; place: string; venue: string; starts_at: string; ends_at: string
  activity: DeskActivity | null; booking: Booking | null
}
/** When and where a card would be. */
export type Aim = { starts_at: string; ends_at: string; venue: string }

const GONE = ['called_off', 'postponed']
const shown = (activity: DeskActivity) => !GONE.includes(activity.state)

/** The cards by their start. What was called off has no time any more, what is postponed has none yet. */
export function itemsOf(activities: DeskActivity[], bookings: Booking[]): Item[] {
  const live = bookings.filter(isLive)
  const booked = new Map(live.map(one => [one.activity_id, one]))
  const cards = activities.filter(shown).map(activity => cardOf(activity, booked.get(activity.id) ?? null))
  const known = new Set(cards.map(card => card.booking?.id))
  const rest = live.filter(one => !known.has(one.id)).map(booking => cardOf(null, booking))
  return [...cards, ...rest].sort((a, b) => a.starts_at.localeCompare(b.starts_at) || a.key.localeCompare(b.key))
}

function cardOf(activity: DeskActivity | null, booking: Booking | null): Item {
  const { id, title, unit, starts_at, ends_at } = (activity ?? booking)!
  return { key: id, title, unit: unit?.code ?? '', place: activity?.place ?? '', venue: booking?.venue.id ?? '', starts_at, ends_at, activity, booking }
}

export const isOver = ({ ends_at }: Item) => Date.parse(ends_at) <= Date.now()
export const people = ({ activity }: Item) => (activity ? activity.going_count + activity.waiting_count : 0)
const length = ({ starts_at, ends_at }: Item) => Date.parse(ends_at) - Date.parse(starts_at)

/** The same time of day on another day, in this venue. */
export function aimedAt(item: Item, day: string, venue: string): Aim {
  return timed(item, `${day}T${clock(new Date(item.starts_at))}`, item.booking ? venue || item.venue : item.venue)
}
/** From then on, as long as it was. */
export function timed(item: Item, start: string, venue: string): Aim {
  const at = Date.parse(`${start}:00+08:00`)
  return { starts_at: new Date(at).toISOString(), ends_at: new Date(at + length(item)).toISOString(), venue }
}
/** To the minute: that is all that a field can say. */
const minute = (at: string) => Math.floor(Date.parse(at) / 60_000)
export const isElsewhere = (item: Item, aim: Aim) => minute(aim.starts_at) !== minute(item.starts_at) || aim.venue !== item.venue

/** What already has the venue then, or, without a venue, stands at the same place. */
export function clashes(items: Item[], item: Item, aim: Aim): Item[] {
  const there = (one: Item) => (aim.venue ? one.venue === aim.venue && one.booking?.state !== 'waiting' : !!item.place && one.place === item.place)
  return items.filter(one => one.key !== item.key && there(one) && one.starts_at < aim.ends_at && aim.starts_at < one.ends_at)
}

/** The venue first, which may be taken; then the activity. Both may be sent again. */
export async function move(item: Item, aim: Aim): Promise<void> {
  if (item.booking) item.booking = await moveBooking(item.booking, aim)
  if (item.activity && Date.parse(item.activity.starts_at) !== Date.parse(aim.starts_at)) await moveActivity(item.activity, aim)
}

function moveBooking({ id, title, people, version }: Booking, aim: Aim) {
  return api.put<Booking>(`/events/bookings/${id}`, { venue_id: aim.venue, title, people, starts_at: aim.starts_at, ends_at: aim.ends_at }, { version })
}
function moveActivity(activity: DeskActivity, { starts_at, ends_at }: Aim) {
  return api.put<DeskActivity>(`/events/activities/${activity.id}`, { ...bodyOf(planOf(activity)), starts_at, ends_at }, { version: activity.version })
}

export const onDay = (items: Item[], day: string) => items.filter(one => dayOf(new Date(one.starts_at)) === day)
