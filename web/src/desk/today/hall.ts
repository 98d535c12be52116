/** What waits at the desk of the lecture hall, services and jobs. */
import { api, type Page } from '../../api'
import type { Request } from '../../family'
import { t } from '../../i18n'
import type { Job } from '../../jobs'
import { has } from '../../session'
import type { Waiting } from './row'

const SHOWN = 10

/** For clerks what units submitted, for units what came back to them. */
export async function fromJobs(): Promise<Waiting[]> {
  const state = has('clerk') ? 'submitted' : 'sent_back'
  const { items } = await api.get<Page<Job>>('/events/jobs', { state, limit: SHOWN })
  return items.map(one => ({ key: one.id, title: t(`desk.today.job_${state}`, { title: one.title }), sub: [one.unit.name, one.reason].filter(Boolean).join(' · '), to: `/desk/hall/jobs/${one.id}` }))
}

export async function fromRequests(): Promise<Waiting[]> {
  const { items, next } = await api.get<Page<Request>>('/events/service-requests', { state: 'asked', limit: SHOWN })
  const n = items.filter(one => !one.mine || has('clerk')).length
  return n ? [{ key: 'requests', title: t('desk.today.requests', { n: next ? `${n}+` : n }), to: '/desk/hall/requests' }] : []
}
