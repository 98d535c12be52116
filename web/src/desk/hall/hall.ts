/** The lecture hall as the events service shows it, and its reasons in words. */
import { language, listed, t } from '../../i18n'
import { dateWords } from '../../time'
import { wordsOf, type Why } from '../../why'

export const GROUPS = ['law', 'manners', 'health', 'family', 'other'] as const
export const FORMS = ['classroom', 'outing', 'door_to_door', 'online', 'on_site'] as const
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

export type TopicName = { code: string; name: string }
export type Topic = TopicName & { about: string; group: (typeof GROUPS)[number]; form: string; months: number[]; place: string | null; needs_speaker: boolean; active: boolean; votes: number; speakers: number; mine: boolean; version: number }
export type Absence = { from: string; until: string }
export type Willing = { topics: string[]; load_cap: number; weekdays: number[]; away: Absence[]; announced: boolean }
export type Speaker = Willing & { id: string; person: { id: string; name: string } | null; name: string; unit: { id: string; code: string; name: string } | null; consent: string; consented_at: string; version: number }
export type Weekly = { weekday: number; start_time: string; minutes: number }
export type Room = { name: string | null; venue_id: string | null; capacity: number | null }
export type TermFacts = { name: string; starts_on: string; ends_on: string; wanted: Weekly[]; rooms: Room[]; capacity: number | null; repeats: number }
export type Slot = { number: number; starts_at: string; ends_at: string; place: string | null; topic: TopicName | null; speaker: { id: string; name: string; unit: string | null } | null; fixed: boolean; why: Why[]; activity_id: string | null }
export type TermName = { id: string; name: string; unit: { code: string; name: string }; starts_on: string; ends_on: string; state: 'draft' | 'published' }
export type Term = TermFacts & TermName & { slots: Slot[]; skipped: { on: string; why: Why[] }[]; left: { topic: string; votes: number; why: Why[] }[]; planned_at: string | null; published_at: string | null; version: number }

/** From when until when; with an old `now`, as it is printed. */
export const daysOf = ({ starts_on, ends_on }: TermName, now = new Date()) => [starts_on, ends_on].map(on => dateWords(on, now, language())).join(' – ')
export const whyWords = (why: Why[]) => wordsOf(why, 'hall.why')
export const monthsWords = (months: number[]) => (months.length ? t('hall.months', { months: listed(months) }) : t('hall.all_year'))
export const weekdaysWords = (days: number[]) => (days.length ? listed(days.map(day => t(`hall.weekdays.${day}`))) : t('hall.anytime'))
/** What takes place once the term is published. */
export const isReady = (slot: Slot, topics: Map<string, Topic>) => !!slot.topic && !!slot.place && (!!slot.speaker || topics.get(slot.topic.code)?.needs_speaker === false)
