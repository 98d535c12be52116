/** The browser's own date and time fields, read and written as times of Shanghai. */
import { clock, dayOf } from '../time'

export const fieldOf = (at: string | null | undefined) => (at ? `${dayOf(new Date(at))}T${clock(new Date(at))}` : '')
export const momentOf = (field: string) => (field ? new Date(`${field}:00+08:00`).toISOString() : null)
export const today = () => dayOf(new Date())
