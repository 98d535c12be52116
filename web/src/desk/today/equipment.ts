/** What waits for those who lend equipment: wishes to decide, and what should be back. */
import { api, type Page } from '../../api'
import { borrowerOf, type Loan } from '../../equipment'
import { t } from '../../i18n'
import type { Waiting } from './row'

const SHOWN = 10

export async function fromLoans(): Promise<Waiting[]> {
  const [asked, overdue] = await Promise.all([
    api.get<Page<Loan>>('/events/loans', { lent: true, state: 'asked', limit: SHOWN }), api.get<Page<Loan>>('/events/loans', { lent: true, overdue: true, limit: SHOWN }),
  ])
  const row = (one: Loan, words: string) => ({ key: one.id, title: t(words, { name: one.equipment.name }), sub: borrowerOf(one), to: `/desk/equipment/loans/${one.id}` })
  return [...asked.items.map(one => ({ ...row(one, 'desk.today.loan_asked'), at: one.starts_at })), ...overdue.items.map(one => ({ ...row(one, 'desk.today.loan_overdue'), at: one.ends_at }))]
}
