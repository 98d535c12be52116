/** Why somebody has a seat, waits, or is asked: each code in words. */
import { known, t } from '../../i18n'
import type { Why } from './activity'

const SPECIAL: Record<string, (why: Why) => string> = {
  quota_full: why => t(`sign_ups.why.quota_full_${String(why.by)}`, { ...why, ages: ages(why) }),
  newcomers_first: why => t(why.times === undefined ? 'sign_ups.why.newcomers_first' : 'sign_ups.why.newcomer', why),
  part: why => t('sign_ups.why.part', { part: t(`sign_ups.parts.${String(why.part)}`) }),
}

export function ages({ least, most }: Record<string, unknown>) {
  if (least != null && most != null) return t('sign_ups.ages_between', { least, most })
  return least != null ? t('sign_ups.ages_from', { least }) : t('sign_ups.ages_until', { most })
}

export function whyWords(whys: Why[]) {
  const words = (why: Why) => SPECIAL[why.code]?.(why) ?? (known(`sign_ups.why.${why.code}`) ? t(`sign_ups.why.${why.code}`, why) : '')
  return whys.map(words).filter(Boolean)
}
