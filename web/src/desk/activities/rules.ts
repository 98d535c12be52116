/** How one signs up, as it is typed and as it is sent. */
import { NO_RULES, type Part, type Question, type Quota, type Rules } from '../../phone/activities/wish'

export const PART_CODES = ['leader', 'first_aider', 'driver', 'photographer', 'helper'] as const
export const newQuota = (): Quota => ({ by: 'zone', of: [], least: null, most: null, seats: 10 })
/** The id is in the answers that people give: it stays when the words change. */
export const newQuestion = (asked: Question[]): Question => ({ id: freeId(asked), text: '', kind: 'text', choices: [], required: false })

function freeId(asked: Question[]) {
  for (let n = 1; ; n++) if (!asked.some(question => question.id === `q${n}`)) return `q${n}`
}
const whole = (typed: unknown) => (typed === '' || typed === null || typed === undefined ? null : Number(typed))

export function partOf(rules: Rules, code: string) {
  return rules.parts.find(part => part.code === code)
}
/** Nobody wanted for it: it is not in the rules. */
export function withPart(rules: Rules, code: string, change: Partial<Part>): Part[] {
  const part = { code, most: 1, needs: [], ...partOf(rules, code), ...change }
  const others = rules.parts.filter(one => one.code !== code)
  return part.most ? [...others, part] : others
}

const quotaSent = (quota: Quota): Quota => quota.by === 'age'
  ? { by: 'age', of: [], least: whole(quota.least), most: whole(quota.most), seats: Number(quota.seats) }
  : { ...quota, least: null, most: null, seats: Number(quota.seats) }
const questionSent = (question: Question): Question => ({
  ...question, text: question.text.trim(), choices: question.kind === 'choice' ? question.choices.map(choice => choice.trim()).filter(Boolean) : [],
})

export function rulesSent(rules: Rules): Rules {
  return {
    ...rules, quotas: rules.quotas.map(quotaSent), questions: rules.questions.map(questionSent), party_most: whole(rules.party_most) ?? 1,
    least_age: whole(rules.least_age), most_age: whole(rules.most_age), guardian_under: whole(rules.guardian_under),
    offer_minutes: whole(rules.offer_minutes) ?? NO_RULES.offer_minutes, closes_minutes_before: whole(rules.closes_minutes_before) ?? 0,
  }
}
