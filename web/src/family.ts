/** The ten services as the events service shows them: the same at the desk and on the phone. */
import type { Why } from './why'

export const TYPES = ['minors', 'adults', 'elders', 'mobile'] as const
export const THINGS = ['room', 'hall', 'sports_ground', 'equipment', 'books', 'furniture', 'clothing', 'food', 'appliances', 'tools', 'volunteers', 'coaches', 'performers', 'drivers', 'repair', 'haircut', 'legal_advice', 'health_check', 'tutoring', 'company', 'transport', 'shopping', 'photos', 'lecture'] as const
export type Type = (typeof TYPES)[number]
export type UnitName = { id: string; code: string; name: string }
export type Service = { number: number; name: string; about: string; skills: string[]; things: string[]; unit_kinds: string[]; cells: { family_type: Type; unit: UnitName | null; slots: number }[]; version: number }
export type Cell = {
  service: { number: number; name: string }; family_type: Type; state: 'ok' | 'thin' | 'empty' | 'none'; unit: UnitName | null; slots: number
  uptake: { asked: number; done: number; unmet: number }; satisfaction: number | null; why: Why[]; candidates: { unit: UnitName; why: Why[] }[]
}
export type Request = {
  id: string; service: { number: number; name: string }; family_type: Type; unit: UnitName | null; name: string | null; phone: string | null; words: string | null
  state: 'asked' | 'taken' | 'done' | 'unmet' | 'withdrawn'; reason: string | null; satisfied: 'yes' | 'partly' | 'no' | null; made_at: string; mine?: boolean
}
export const REQUEST_TONES = { asked: 'warn', taken: 'info', done: 'ok', unmet: 'bad', withdrawn: 'plain' } as const
