/** Lines of the lists in words: how many, where, when, and why two of them fit. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePlaces } from '../desk/choices'
import { fieldOf, momentOf } from '../desk/times'
import { language, listed } from '../i18n'
import { timeWords } from '../time'
import type { Line, Need, Offer, Reason, Words } from './lines'

export function useLineWords() {
  const { t } = useI18n()
  const places = usePlaces()
  const names = computed(() => new Map(places.value.map(one => [one.code, one.name])))
  const placeName = (code: string | null | undefined) => (code ? (names.value.get(code) ?? code) : '')

  const amount = (n: number, measure: string) => t(`lists.measured.${measure}`, { n })
  const what = (line: Pick<Line, 'kind' | 'what' | 'skills'>) => [t(`lists.kinds.${line.kind}`), line.what && t(`lists.things.${line.what}`), ...line.skills.map(one => t(`lists.skills.${one}`))].filter(Boolean).join(' · ')
  const where = (place: Line['place']) => (place ? [place.compound, place.building, place.entrance].filter(Boolean).map(code => placeName(code)).join(' ') : t('lists.anywhere'))
  const week = (times: string[]) => listed(times.map(one => t(`lists.times.${one}`)))
  const moment = (at: string) => timeWords(new Date(at), new Date(), language())
  function span(from: string | null, until: string | null) {
    if (from && until) return t('lists.from_until', { from: moment(from), until: moment(until) })
    if (from) return t('lists.from_on', { from: moment(from) })
    return until ? t('lists.until', { until: moment(until) }) : ''
  }
  const when = (from: string | null, until: string | null, times: string[]) => [span(from, until), week(times)].filter(Boolean).join(language() === 'en' ? ', ' : '，') || t('lists.any_time')
  const whenOf = (line: Need | Offer) => ('wanted_from' in line ? when(line.wanted_from, line.wanted_until, line.times) : when(line.from, line.until, line.times))

  function why(reason: Reason): string {
    const facts = reason as { what?: string; skill?: string; kind?: string; step?: string; open?: number; from?: string | null; until?: string | null; times?: string[] }
    switch (reason.code) {
      case 'same_what': return t('lists.why.same_what', { what: t(`lists.things.${facts.what}`) })
      case 'same_skill': return t('lists.why.same_skill', { skill: t(`lists.skills.${facts.skill}`) })
      case 'same_kind': return t('lists.why.same_kind', { kind: t(`lists.kinds.${facts.kind}`) })
      case 'near': return t(`lists.why.near.${facts.step}`)
      case 'time_fits': return t('lists.why.time_fits', { when: when(facts.from ?? null, facts.until ?? null, facts.times ?? []) })
      case 'light_load': return facts.open ? t('lists.why.light_load', { open: facts.open }) : t('lists.why.free')
      default: return t(`lists.why.${reason.code}`, reason)
    }
  }
  return { amount, what, where, when, whenOf, why, placeName }
}

/** What a form holds, as the service of needs, or of offers, takes it. */
export function bodyOf(words: Words, side: 'need' | 'offer') {
  const { compound, building, entrance, from, until, what, amount, ...same } = words
  const [begins, ends] = [momentOf(from), momentOf(until)]
  const times = side === 'need' ? { wanted_from: begins, wanted_until: ends } : { from: begins, until: ends }
  return { ...same, ...times, title: same.title.trim(), text: same.text.trim(), what: what || null, amount: Number(amount), place: compound ? { compound, building, entrance } : null }
}

export function wordsOf(line: Need | Offer): Words {
  const [from, until] = 'wanted_from' in line ? [line.wanted_from, line.wanted_until] : [line.from, line.until]
  const { kind, title, text, skills, times, amount, unit_of_amount, place } = line
  return {
    kind, title, text, skills: [...skills], times: [...times], amount, unit_of_amount, what: line.what ?? '', from: fieldOf(from), until: fieldOf(until),
    compound: place?.compound ?? '', building: place?.building ?? null, entrance: place?.entrance ?? null,
  }
}
