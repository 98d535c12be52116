/** What waits for whoever sits at the desk, collected from all services; a service that is silent is named, never hidden. */
import { api, type Page } from '../../api'
import { t } from '../../i18n'
import { inboxCount } from '../../inbox'
import { has } from '../../session'
import type { Booking } from '../../phone/venues/booking'
import type { DeskActivity } from '../activities/plan'
import type { Board } from '../board/board'
import type { DeadLetters } from '../messages/message'
import type { ImportItem } from '../people/person'
import { fromLoans } from './equipment'
import { fromJobs, fromRequests } from './hall'
import type { Waiting } from './row'
import { fromResponses } from './together'

export type Found = { rows: Waiting[]; silent: string[] }

const SHOWN = 10

async function fromBoard(): Promise<Waiting[]> {
  const board = await api.get<Board>('/patrol/board')
  const calls = board.sos.map(one => ({ key: one.id, loud: true, title: t(one.acknowledged_at ? 'desk.today.sos_seen' : 'desk.today.sos', { name: one.name, by: one.acknowledged_by }), sub: [one.squad, one.place].filter(Boolean).join(' · '), to: '/desk/board', at: one.raised_at }))
  const silent = board.shifts.flatMap(one => (one.silence ? [{ key: one.id, loud: true, title: t(`desk.today.silence.${one.silence.step}`, { squad: one.squad.name }), sub: one.last_checkpoint ?? undefined, to: '/desk/board', at: one.silence.since }] : []))
  const open = board.troubles.filter(one => one.state === 'open').length
  const troubles = open ? [{ key: 'troubles', title: t('desk.today.troubles', { n: open }), to: '/desk/board' }] : []
  return [...calls, ...silent, ...troubles]
}

async function fromCases(): Promise<Waiting[]> {
  const { items, next } = await api.get<Page<{ id: string }>>('/patrol/cases', { overdue: true, limit: 50 })
  return items.length ? [{ key: 'cases', title: t('desk.today.late_cases', { n: next ? `${items.length}+` : items.length }), to: '/desk/cases?group=late' }] : []
}

async function fromActivities(): Promise<Waiting[]> {
  const state = has('clerk') ? 'submitted' : 'sent_back'
  const { items } = await api.get<Page<DeskActivity>>('/events/activities', { state, limit: SHOWN })
  return items.map(one => ({ key: one.id, title: t(`desk.today.${state}`, { title: one.title }), sub: [one.unit.name, one.state === 'sent_back' ? one.reason : one.place].filter(Boolean).join(' · '), to: `/desk/activities/${one.id}`, at: one.starts_at }))
}

async function fromBookings(): Promise<Waiting[]> {
  const { items } = await api.get<Page<Booking>>('/events/bookings', { run: true, state: 'asked', from: new Date().toISOString(), limit: SHOWN })
  const seen = new Set<string>()
  const first = items.filter(one => !one.series_id || (!seen.has(one.series_id) && seen.add(one.series_id)))
  return first.map(one => ({ key: one.id, title: t('desk.today.booking', { title: one.title }), sub: [one.venue.name, one.unit?.name].filter(Boolean).join(' · '), to: `/desk/bookings/${one.id}`, at: one.starts_at }))
}

async function fromImports(): Promise<Waiting[]> {
  const { items } = await api.get<Page<ImportItem>>('/members/imports', { limit: SHOWN })
  const checked = items.filter(one => one.state === 'checked')
  return checked.map(one => ({ key: one.id, title: t('desk.today.import', { file: one.filename }), sub: one.counts.errors ? t('desk.today.import_errors', { n: one.counts.errors }) : t('desk.today.import_ready', { n: one.counts.new + one.counts.changed }), to: `/desk/people/imports/${one.id}`, at: one.created_at }))
}

async function fromLetters(): Promise<Waiting[]> {
  const { items, next, quarantined } = await api.get<DeadLetters>('/notify/dead-letters', { limit: 50 })
  const n = items.length + quarantined.length
  return n ? [{ key: 'letters', title: t('desk.today.undelivered', { n: next ? `${n}+` : n }), to: '/desk/messages/undelivered' }] : []
}

async function fromInbox(): Promise<Waiting[]> {
  const { to_answer: n } = inboxCount.value = await api.get<typeof inboxCount.value>('/notify/inbox/count')
  return n ? [{ key: 'inbox', title: t('desk.today.to_answer', { n }), to: '/inbox' }] : []
}

const sources = () => [
  ...(has('clerk', 'duty') ? [{ name: 'board', ask: fromBoard }, { name: 'responses', ask: fromResponses }] : []),
  { name: 'inbox', ask: fromInbox },
  { name: 'cases', ask: fromCases },
  ...(has('clerk', 'liaison') ? [{ name: 'activities', ask: fromActivities }, { name: 'bookings', ask: fromBookings }] : []),
  ...(has('clerk', 'liaison') ? [{ name: 'jobs', ask: fromJobs }, { name: 'requests', ask: fromRequests }, { name: 'loans', ask: fromLoans }] : []),
  ...(has('clerk') ? [{ name: 'imports', ask: fromImports }] : []),
  ...(has('clerk', 'duty') ? [{ name: 'letters', ask: fromLetters }] : []),
]

/** Fails only when nothing answers at all. */
export async function whatWaits(): Promise<Found> {
  const asked = sources()
  const answers = await Promise.allSettled(asked.map(source => source.ask()))
  const failed = answers.flatMap((answer, place) => (answer.status === 'rejected' ? [asked[place]!.name] : []))
  const first = answers.find(answer => answer.status === 'rejected')
  if (first && failed.length === answers.length) throw first.reason
  const rows = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
  return { rows: [...rows.filter(row => row.loud), ...rows.filter(row => !row.loud)], silent: failed.map(name => t(`desk.today.sources.${name}`)) }
}
