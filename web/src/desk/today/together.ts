/** Calls for hands that go on, and those whose review is due. */
import { api, type Page } from '../../api'
import { t } from '../../i18n'
import type { Response } from '../../together/response'
import type { Waiting } from './row'

const ask = (state: Response['state']) => api.get<Page<Response>>('/patrol/responses', { state, limit: 10 }).then(page => page.items)

export async function fromResponses(): Promise<Waiting[]> {
  const [now, over] = await Promise.all([ask('raised'), ask('stood_down')])
  const open = now.map(one => ({ key: one.id, loud: !one.drill, title: t(one.drill ? 'desk.today.drill' : 'desk.today.response', { place: one.place }), sub: t('desk.today.response_sub', { coming: one.meter.coming, asked: one.meter.asked }), to: `/desk/responses/${one.id}`, at: one.raised_at }))
  const due = over.map(one => ({ key: one.id, title: t('desk.today.review', { place: one.place }), to: `/desk/responses/${one.id}`, at: one.review_until ?? undefined }))
  return [...open, ...due]
}
