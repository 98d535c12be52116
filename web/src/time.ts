/** Times in the words people use, always of Asia/Shanghai, whatever zone the phone believes in. */
import type { Language } from './i18n'

const ZONE = 'Asia/Shanghai'
const DAY = 86_400_000

/** 2026-11-22, the calendar day in Shanghai. */
export const dayOf = (at: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(at)
export const clock = (at: Date) => new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
export const hourOf = (at: Date) => Number(clock(at).slice(0, 2))
export const daysBetween = (from: Date, to: Date) => Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / DAY)
/** The start of a Shanghai day, `days` from that of `at`. */
export const startOfDay = (at: Date, days = 0) => new Date(Date.parse(`${dayOf(at)}T00:00:00+08:00`) + days * DAY)
/** Days from Monday of that week: 0 to 6. */
export const weekdayOf = (at: Date) => (new Date(`${dayOf(at)}T00:00:00Z`).getUTCDay() + 6) % 7

const near: Record<Language, Record<number, string>> = {
  'zh-CN': { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' },
  en: { [-1]: 'Yesterday', 0: 'Today', 1: 'Tomorrow' },
}

export function dayWords(at: Date, now: Date, language: Language): string {
  const word = near[language][daysBetween(now, at)]
  if (word) return word
  const sameYear = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4)
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: ZONE, month: language === 'en' ? 'short' : 'long', day: 'numeric', weekday: 'short', year: sameYear ? undefined : 'numeric',
  }).format(at)
}

/** A day without an hour, as the services write it: 2026-11-22. */
export const dateWords = (on: string, now: Date, language: Language) => dayWords(new Date(`${on}T12:00:00+08:00`), now, language)

export const timeWords = (at: Date, now: Date, language: Language) => `${dayWords(at, now, language)} ${clock(at)}`

export function spanWords(from: Date, until: Date, now: Date, language: Language): string {
  const end = dayOf(from) === dayOf(until) ? clock(until) : timeWords(until, now, language)
  return `${timeWords(from, now, language)}–${end}`
}

/** 十一月二十二日 星期日, or Sunday 22 November. */
export const dateLine = (at: Date, language: Language) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { timeZone: ZONE, month: 'long', day: 'numeric', weekday: 'long' }).format(at)
