/** What is written down about an activity, and how it changes hands with the server. */
import type { Activity } from '../../phone/activities/activity'
import { NO_RULES, rulesOf, type Rules } from '../../phone/activities/wish'
import { fieldOf, momentOf } from '../times'
import { rulesSent } from './rules'

export type Audience = { everyone: boolean; units: string[]; zones: string[]; groups: string[]; skills: string[] }
export type DeskActivity = Activity & { audience: Audience; published_at: string | null }
export type Plan = { unit: string; title: string; summary: string; kind: string; form: string; place: string; starts_at: string; ends_at: string; capacity: string; audience: Audience; sign_up: Rules }

export const KINDS = ['lecture', 'sport', 'culture', 'work_day', 'party_day', 'service', 'show', 'other'] as const
export const FORMS = ['classroom', 'outing', 'door_to_door', 'online', 'on_site'] as const
export const PARTS = ['units', 'zones', 'groups', 'skills'] as const
export const FIELDS = ['title', 'summary', 'kind', 'form', 'place', 'starts_at', 'ends_at', 'capacity', 'audience', 'sign_up'] as const

export const nobody = (): Audience => ({ everyone: false, units: [], zones: [], groups: [], skills: [] })
export const blank = (): Plan => ({ unit: '', title: '', summary: '', kind: 'lecture', form: '', place: '', starts_at: '', ends_at: '', capacity: '', audience: { ...nobody(), everyone: true }, sign_up: structuredClone(NO_RULES) })

export const planOf = (activity: DeskActivity): Plan => ({
  unit: activity.unit.code, title: activity.title, summary: activity.summary ?? '', kind: activity.kind, form: activity.form ?? '', place: activity.place,
  starts_at: fieldOf(activity.starts_at), ends_at: fieldOf(activity.ends_at), capacity: activity.capacity === null ? '' : String(activity.capacity),
  audience: { ...nobody(), ...activity.audience }, sign_up: rulesOf(activity),
})

export function bodyOf(plan: Plan) {
  const audience = plan.audience.everyone ? { everyone: true } : plan.audience
  const capacity = String(plan.capacity ?? '').trim()
  return {
    title: plan.title.trim(), summary: plan.summary.trim(), kind: plan.kind, form: plan.form || null, place: plan.place.trim(),
    starts_at: momentOf(plan.starts_at), ends_at: momentOf(plan.ends_at), capacity: capacity ? Number(capacity) : null, audience, sign_up: rulesSent(plan.sign_up),
  }
}

/** A plan without its times, as the server keeps it to be used again. */
export type Kept = Partial<Omit<ReturnType<typeof bodyOf>, 'starts_at' | 'ends_at'>>
export function keptOf(plan: Plan): Kept {
  const { starts_at: _from, ends_at: _until, ...kept } = bodyOf(plan)
  return kept
}

/** What was kept, for the unit and the times that are written already. */
export const usedAgain = (kept: Kept, now: Plan): Plan => ({
  ...blank(), unit: now.unit, starts_at: now.starts_at, ends_at: now.ends_at,
  title: kept.title ?? '', summary: kept.summary ?? '', kind: kept.kind ?? 'lecture', form: kept.form ?? '', place: kept.place ?? '',
  capacity: kept.capacity ? String(kept.capacity) : '', audience: { ...nobody(), ...kept.audience }, sign_up: rulesOf({ sign_up: kept.sign_up ?? null }),
})

export const isEmpty = (audience: Audience) => !audience.everyone && PARTS.every(part => !audience[part].length)
export const differing = (one: Plan, other: Plan) => FIELDS.filter(field => JSON.stringify(one[field]) !== JSON.stringify(other[field]))

/** The newest version, with what was typed here laid over it. `base` is what the typing started from. */
export function merged(base: Plan, typed: Plan, newest: Plan): Plan {
  const mine = Object.fromEntries(differing(base, typed).map(field => [field, typed[field]]))
  return { ...newest, ...mine }
}
