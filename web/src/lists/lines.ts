/** Lines of the three lists as the events service shows them. */
export const KINDS = ['goods', 'venue', 'people', 'skill', 'service', 'other'] as const
export type Kind = (typeof KINDS)[number] | 'wish'
export const TIMES = ['weekday_day', 'weekday_evening', 'weekend_day', 'weekend_evening'] as const
export const MEASURES = ['pieces', 'people', 'hours', 'times', 'places', 'days', 'sets'] as const
export const SKILLS = ['law', 'medicine', 'teaching', 'electrics', 'plumbing', 'driving', 'first_aid', 'accounting', 'calligraphy', 'errentai', 'coaching', 'sign_language', 'mongolian'] as const
const GOODS = ['furniture', 'appliances', 'books', 'clothing', 'food', 'tools', 'equipment']
const SERVICES = ['repair', 'haircut', 'company', 'shopping', 'transport', 'tutoring', 'legal_advice', 'health_check', 'photos', 'lecture']
/** What exactly, by kind; both lists use the same words, so that they find each other. */
export const THINGS: Record<Kind, string[]> = {
  goods: GOODS, venue: ['room', 'hall', 'sports_ground'], people: ['volunteers', 'coaches', 'performers', 'drivers'],
  skill: ['lecture', 'tutoring', 'repair', 'photos'], service: SERVICES, other: [], wish: [...GOODS.slice(0, 6), ...SERVICES.slice(0, 6)],
}
export const MEASURE_OF: Record<Kind, string> = { goods: 'pieces', venue: 'times', people: 'people', skill: 'times', service: 'times', other: 'pieces', wish: 'pieces' }

export type UnitName = { id: string; code: string; name: string }
export type Place = { compound: string; building: string | null; entrance: string | null }
export type Line = {
  id: string; kind: Kind; title: string; text: string; what: string | null; skills: string[]; place: Place | null; times: string[]
  amount: number; left: number; unit_of_amount: string; unit: UnitName | null; mine: boolean; reason: string | null; published_at: string | null; version: number
}
export type Answer = { due_at: string | null; overdue: boolean; decision: 'do' | 'not_now' | 'no' | null; text: string | null; at: string | null }
export type Need = Line & {
  state: 'draft' | 'verify' | 'published' | 'claimed' | 'met' | 'closed' | 'withdrawn'; wanted_from: string | null; wanted_until: string | null
  supports: number; supported: boolean; answer: Answer; unmatched_since: string | null
}
export type Offer = Line & { state: 'draft' | 'published' | 'withdrawn'; from: string | null; until: string | null; carries: number }
export type PublicNeed = Pick<Need, 'id' | 'kind' | 'title' | 'what' | 'skills' | 'amount' | 'left' | 'unit_of_amount' | 'state' | 'supports' | 'answer'> & { unit: string | null; compound: string | null; published_at: string }
export type Reason = { code: string } & Record<string, unknown>
export type Match = { id: string; need: Need; offer: Offer; why: Reason[]; state: 'proposed' | 'taken' }
export type Claim = {
  id: string; need_id: string; title: string; offer_id: string | null; unit: UnitName | null; amount: number; state: 'asked' | 'open' | 'delivered' | 'confirmed' | 'withdrawn'
  reason: string | null; at: string; delivered_at: string | null; together: { unit: UnitName | null; agrees: boolean | null }[]; mine: boolean
}
export type Project = { id: string; need_id: string | null; title: string; steps: { text: string; done: boolean }[]; units: UnitName[]; state: 'planned' | 'running' | 'done' | 'confirmed' | 'dropped'; made_at: string; version: number }
export type Whose = { name: string; phone: string | null; where: string | null }

export const isOpen = (need: Need) => ['published', 'claimed', 'met'].includes(need.state)
export const NEED_TONES = { draft: 'plain', verify: 'warn', published: 'info', claimed: 'ok', met: 'ok', closed: 'plain', withdrawn: 'plain' } as const
export const OFFER_TONES = { draft: 'plain', published: 'ok', withdrawn: 'plain' } as const
export const CLAIM_TONES = { asked: 'warn', open: 'info', delivered: 'warn', confirmed: 'ok', withdrawn: 'plain' } as const

/** What a line is about, as the services want it when it is written. */
export type Words = {
  kind: Kind; title: string; text: string; what: string; skills: string[]; compound: string; building: string | null; entrance: string | null
  times: string[]; amount: number; unit_of_amount: string; from: string; until: string
}
export const blankWords = (kind: Kind = 'goods'): Words => ({ kind, title: '', text: '', what: '', skills: [], compound: '', building: null, entrance: null, times: [], amount: 1, unit_of_amount: MEASURE_OF[kind], from: '', until: '' })
