/** The roster as the services tell of it: statements, plans, swaps, cover. */
import { language } from '../i18n'
import { spanWords } from '../time'
import { wordsOf, type Why } from '../why'

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export type SquadLabel = { id: string; code: string; name: string; colour: string | null }
export type ShiftLabel = { id: string; squad: SquadLabel; starts_at: string; ends_at: string }
export type Free = { weekday: number; from: string; until: string }
export type Limits = { no_cold: boolean; no_stairs: boolean; no_late: boolean; max_hours: number | null }
export type Statement = { free: Free[]; max_a_week: number; min_rest_hours: number; paused_until: string | null; limits: Limits | null }
export type MyVolunteer = Statement & { trained_until: string | null; insured_until: string | null; stated_at: string | null; consented_at: string | null }
export type Volunteer = { person_id: string; name: string; unit_name: string | null; squads: string[]; trained_until: string | null; insured_until: string | null; due: boolean; stated: boolean; version: number }

export type Swap = { id: string; shift: ShiftLabel; from_id: string; from_name: string; to_id: string | null; state: 'offered' | 'accepted' | 'declined' | 'withdrawn' }
export type MyAsk = { id: string; shift: ShiftLabel; asked_at: string; state: string; why: Why[] }
export type CoverAsk = { person_id: string; name: string; batch: number; asked_at: string; state: 'asked' | 'accepted' | 'declined' | 'over'; why: Why[] }
export type Cover = { id: string; shift: ShiftLabel; places: number; state: 'open' | 'filled' | 'nobody_left' | 'stopped'; next_at: string; asks: CoverAsk[] }

export type Pattern = {
  id: string; squad_id: string; squad: SquadLabel; season_from: string | null; season_until: string | null; weekdays: number[]; starts: string; minutes: number
  min_crew: number; max_crew: number; units_min: number; outdoor: boolean; cold: boolean; stairs: boolean; active: boolean; version: number
}
export type Place = { person_id: string; name: string; unit_name: string | null; fixed: boolean; why: Why[] }
export type Gaps = { missing?: Why[]; against?: Why[]; ease?: Why[] }
export type Slot = { number: number; squad: SquadLabel; starts_at: string; ends_at: string; min_crew: number; max_crew: number; cold: boolean; missing: number; gaps: Gaps; places: Place[]; shift_id: string | null }
export type PlanName = { id: string; starts_on: string; weeks: number; state: 'queued' | 'running' | 'done' | 'stopped' | 'failed' | 'published'; progress: number; asked_at: string; version: number }
export type Plan = PlanName & { slots: Slot[] }

export const PLAN_TONES = { queued: 'info', running: 'info', done: 'ok', stopped: 'warn', failed: 'bad', published: 'ok' } as const
export const atWork = (plan: PlanName) => plan.state === 'queued' || plan.state === 'running'
export const isShort = (slot: Slot) => !!slot.gaps.missing?.length

export const whyWords = (why: Why[] | undefined) => wordsOf(why ?? [], 'roster.why')
export const gapWords = (gaps: Why[] | undefined, part: 'missing' | 'against' | 'ease') => wordsOf(gaps ?? [], `roster.${part}`)
export const when = (shift: { starts_at: string; ends_at: string }, now = new Date()) => spanWords(new Date(shift.starts_at), new Date(shift.ends_at), now, language())
export const noLimits = (): Limits => ({ no_cold: false, no_stairs: false, no_late: false, max_hours: null })
