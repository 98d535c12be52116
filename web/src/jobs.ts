/** Jobs as the events service shows them. */
import { language, t } from './i18n'
import { dateWords } from './time'

export type JobFacts = { title: string; about: string; hours: string; pay: string; place: string; contact: string; openings: number; until: string }
export type OpenJob = JobFacts & { id: string; unit: { id: string; code: string; name: string } }
export type Job = OpenJob & { state: 'draft' | 'submitted' | 'sent_back' | 'published' | 'expired' | 'closed'; reason: string | null; mine: boolean; version: number }
export type Referral = { id: string; name: string | null; phone: string | null; consent: 'self' | 'paper' | 'told'; state: 'referred' | 'hired' | 'not_hired' | 'unknown' | 'withdrawn'; referred_at: string }
export const lastDay = (job: JobFacts) => t('jobs.until', { on: dateWords(job.until, new Date(), language()) })
export const JOB_TONES = { draft: 'plain', submitted: 'warn', sent_back: 'bad', published: 'ok', expired: 'plain', closed: 'plain' } as const
/** The number in the words of a contact, to be dialled. */
export const numberIn = (contact: string) => contact.match(/\+?\d[\d -]{5,18}\d/)?.[0].replace(/[ -]/g, '')
