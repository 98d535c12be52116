/** Key areas, tips and checklists, as patrol keeps them. */
import type { Checklist as OnPhone, ListItem } from '../../patrol/roster'

export const DAY_KINDS = ['school', 'market', 'festival', 'exam_quiet', 'other']
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
export const ITEM_KINDS = ['ok_fail', 'number', 'choice']
export const TROUBLES = ['lamp', 'fire_lane', 'ice', 'manhole', 'charging_cable', 'gas_smell', 'person_needs_help', 'dispute', 'other']

export type Day = { kind: string; on: string | null; weekday: number | null; first_day: string | null; last_day: string | null; from: string; until: string; note: string }
export type KeyArea = { id: string; name: string; zone: string | null; every_minutes: number | null; times: number | null; checkpoints: string[]; days: Day[]; active: boolean; version: number }
export type Tip = { id: string; months: number[]; zh: string; en: string; active: boolean; version: number }
export type Checklist = OnPhone & { places: string[]; active: boolean; made_at: string }
export type Check = { id: string; squad: string; place: string; happened_at: string; checklist: Checklist; answers: { item: string; value: string; note: string | null }[]; failed: string[] }

export const blankDay = (): Day => ({ kind: 'school', on: null, weekday: 1, first_day: null, last_day: null, from: '16:00', until: '17:30', note: '' })
export const blankItem = (): ListItem => ({ code: '', zh: '', en: '', kind: 'ok_fail', fail_opens: null, choices: [], low: null, high: null, measure: '' })
/** A code that no other has: what is stored of answers names items by it. */
export function freeCode(taken: string[], letter: string) {
  for (let n = 1; ; n++) if (!taken.includes(`${letter}${n}`)) return `${letter}${n}`
}

/** The calendar, short: the weekdays of the same hours stand together. */
export function grouped(days: Day[]) {
  const found = new Map<string, Day[]>()
  for (const day of days) {
    const key = JSON.stringify([day.on, day.kind, day.from, day.until, day.note, day.first_day, day.last_day])
    found.set(key, [...(found.get(key) ?? []), day])
  }
  return [...found.values()].map(same => ({ day: same[0]!, weekdays: same.flatMap(one => one.weekday ?? []).sort() }))
}
