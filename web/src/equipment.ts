/** Equipment that units lend, and its loans, as the events service shows them: the same at the desk and on the phone. */
import { language, t } from './i18n'
import { spanWords, timeWords } from './time'

export const EQUIPMENT_KINDS = ['furniture', 'sound', 'tools', 'costumes', 'other'] as const
export const CONDITIONS = ['good', 'worn', 'damaged'] as const
export type Condition = (typeof CONDITIONS)[number]
type Unit = { id: string; code: string; name: string }
export type Thing = {
  id: string; unit: Unit; name: string; kind: (typeof EQUIPMENT_KINDS)[number]; count: number; missing: number; free: number; kept_at: string; rules: string
  longest_days: number; needs_approval: boolean; active: boolean; lends: boolean; steward: { id: string; name: string } | null; version: number
}
export type LoanState = 'asked' | 'approved' | 'refused' | 'withdrawn' | 'lapsed' | 'out' | 'in'
export type Step = 'approve' | 'refuse' | 'withdraw' | 'hand_out' | 'take_back'
export type Loan = {
  id: string; number: number; equipment: { id: string; name: string; kind: string; kept_at: string; rules: string; unit: Unit }; count: number; starts_at: string; ends_at: string
  person: { id: string; name: string } | null; unit: Unit | null; troupe: { id: string; name: string } | null; activity_id: string | null; purpose: string
  state: LoanState; reason: string | null; overdue: boolean; handed: number; back: number; missing: number; left: number; out_at: string | null
  condition_out: Condition | null; note_out: string; condition_in: Condition | null; note_in: string; closed_at: string | null; mine: boolean; may: Step[]
}
export type Span = { starts_at: string; ends_at: string }

export const OPEN: LoanState[] = ['asked', 'approved', 'out']
export const OVER: LoanState[] = ['in', 'refused', 'withdrawn', 'lapsed']
const TONES = { asked: 'warn', approved: 'ok', refused: 'bad', withdrawn: 'plain', lapsed: 'plain', out: 'info', in: 'plain' } as const

export const loanTone = (loan: Loan) => (loan.overdue ? 'bad' : TONES[loan.state])
export const loanWords = (loan: Loan) => t(loan.overdue ? 'equipment.overdue' : `equipment.states.${loan.state}`)
export const spanOf = (span: Span) => spanWords(new Date(span.starts_at), new Date(span.ends_at), new Date(), language())
/** What matters about its time: when to fetch it, or until when to bring it back. */
export function whenOf(loan: Loan) {
  const at = (moment: string) => timeWords(new Date(moment), new Date(), language())
  if (loan.state === 'out') return t('equipment.back_by', { at: at(loan.ends_at) })
  return loan.state === 'in' && loan.closed_at ? t('equipment.came_back', { at: at(loan.closed_at) }) : spanOf(loan)
}
export const titleOf = (loan: Loan) => t('equipment.so_many_of', { name: loan.equipment.name, n: loan.state === 'out' ? loan.left : loan.handed || loan.count })
/** For whom it is; null once that is forgotten. */
export const borrowerOf = (loan: Loan) => [loan.troupe?.name ?? loan.unit?.name, loan.person?.name].filter(Boolean).join(' · ')
export const reasonOf = (loan: Loan) => (loan.reason === 'left' ? t('equipment.unit_left') : loan.reason)
