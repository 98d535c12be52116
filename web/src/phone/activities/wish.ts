/** What the unit asks of whoever signs up, and what they say. */
export type Question = { id: string; text: string; kind: 'text' | 'choice' | 'yes_no'; choices: string[]; required: boolean }
export type Quota = { by: 'zone' | 'unit' | 'age'; of: string[]; least: number | null; most: number | null; seats: number }
export type Part = { code: string; most: number; needs: string[] }
export type Rules = {
  quotas: Quota[]; questions: Question[]; parts: Part[]; party_most: number; least_age: number | null; most_age: number | null
  guardian_under: number | null; newcomers_first: boolean; offer_minutes: number; closes_minutes_before: number
}
export type Wish = {
  party: { name: string }[]; part: string; birth_year: string; answers: Record<string, string | boolean>
  guardian: { name: string; phone: string; birth_year: string }
}

export const noWish = (): Wish => ({ party: [], part: '', birth_year: '', answers: {}, guardian: { name: '', phone: '', birth_year: '' } })
export const NO_RULES: Rules = {
  quotas: [], questions: [], parts: [], party_most: 1, least_age: null, most_age: null, guardian_under: null, newcomers_first: false, offer_minutes: 720, closes_minutes_before: 0,
}
export const rulesOf = (activity: { sign_up: Partial<Rules> | null }): Rules => ({ ...NO_RULES, ...activity.sign_up })

/** The leader is named by the unit; the other parts one may take oneself. */
export const openParts = (rules: Rules) => rules.parts.filter(part => part.code !== 'leader')
export const asksAge = (rules: Rules) => [rules.least_age, rules.most_age, rules.guardian_under].some(bound => bound !== null) || rules.quotas.some(quota => quota.by === 'age')
export const asksAnything = (rules: Rules) => rules.questions.length > 0 || rules.party_most > 1 || openParts(rules).length > 0 || asksAge(rules)

/** As with the server: the age that they reach in the activity's year. */
export const isChild = (rules: Rules, wish: Wish, startsAt: string) =>
  rules.guardian_under !== null && /^\d{4}$/.test(String(wish.birth_year)) && new Date(startsAt).getFullYear() - Number(wish.birth_year) < rules.guardian_under

export function bodyOf(rules: Rules, wish: Wish, startsAt: string) {
  const answers = Object.fromEntries(Object.entries(wish.answers).filter(([, answer]) => answer !== ''))
  const { guardian } = wish
  return {
    ...(rules.questions.length && { answers }),
    ...(rules.party_most > 1 && { party: wish.party.map(one => ({ name: one.name.trim() })) }),
    ...(wish.part && { part: wish.part }),
    ...(asksAge(rules) && wish.birth_year !== '' && { birth_year: Number(wish.birth_year) }),
    ...(isChild(rules, wish, startsAt) && guardian.name.trim() && { guardian: { name: guardian.name.trim(), phone: guardian.phone.trim(), birth_year: Number(guardian.birth_year) } }),
  }
}
