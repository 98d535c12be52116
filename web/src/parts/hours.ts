/** The account of hours, as members keeps it. */
import type { Page } from '../api'

export type Entry = {
  id: string; person_id: string; activity_id: string | null; title: string; on: string; minutes: number
  provenance: 'measured' | 'adjusted' | 'paper'; state: 'counted' | 'proposed' | 'refused' | 'withdrawn'; note: string
}
export type Account = Page<Entry> & { years: { year: number; minutes: number }[] }

/** Hours with at most one decimal: nobody counts minutes of a year. */
export const hoursOf = (minutes: number) => String(Math.round(minutes / 6) / 10)
