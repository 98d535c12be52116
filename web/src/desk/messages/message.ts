/** What was told to whom, as notify shows it to the desk. */
import { known, language, t } from '../../i18n'

export type Class = 'critical' | 'duty' | 'service' | 'news'
export type Told = { event_id: string; topic: string; title: string | null; class: Class; created_at: string; counts: { people: number; queued: number; sent: number; delivered: number; failed: number; answered: number; unreachable: number } }
export type SendingState = 'queued' | 'held' | 'bundled' | 'sending' | 'sent' | 'delivered' | 'acknowledged' | 'failed' | 'gave_up' | 'unknown' | 'cancelled'
export type Sending = { id: string; channel: string; state: SendingState; detail: string | null; attempts: number; due_at: string; at: string | null }
export type Recipient = {
  message_id: string; person: { id: string; name: string; unit: string | null } | null; why: { event: string; rule: string; role: string }
  state: 'answered' | 'settled' | 'read' | 'unread'; answer: 'ack' | 'decline' | 'call_me' | 'later' | null; reachable: boolean; sendings: Sending[]
}
export type DeadLetter = { id: string; event_id: string; channel: string; state: 'gave_up' | 'unknown'; detail: string | null; attempts: number; at: string; title: string | null; person: { id: string; name: string } | null }
export type Stuck = { delivery_id: string; event_id: string | null; topic: string; failures: number; last_error: string | null; quarantined_at: string }
export type DeadLetters = { items: DeadLetter[]; next: string | null; quarantined: Stuck[] }

export type Part = { field?: string; role?: string; unit_officers?: string; unit_webhook?: string; audience?: string; told?: string; ladder?: Part[]; but?: string }
export type Rule = { id: string; code: string; topic: string; event: Partial<Record<'zh' | 'en', string>>; condition: Record<string, unknown>; audience: Part[]; template: string; class: Class; needs_answer: boolean; channels: string[] | null; on: boolean; version: number }
export type WouldTell = { rule: string; class: Class; title: string; body: string; channels: string[]; count: number; people: { id: string; name: string; role: string }[]; why: string }
export type Template = { code: string; language: 'zh' | 'en'; version: number; title: string; body: string; created_at: string; created_by: string }

export const CLASSES = ['critical', 'duty', 'service', 'news'] as const
export const CLASS_TONES = { critical: 'bad', duty: 'warn', service: 'info', news: 'plain' } as const
export const SENDING_TONES = { queued: 'plain', held: 'plain', bundled: 'info', sending: 'info', sent: 'info', delivered: 'ok', acknowledged: 'ok', failed: 'warn', gave_up: 'bad', unknown: 'warn', cancelled: 'plain' } as const

/** events.activity_published.v1 -> the words for it. */
export function topicWords(topic: string) {
  const key = `desk.topics.${topic.replace(/\.v\d+$/, '')}`
  return known(key) ? t(key) : t('desk.topics.other')
}
export const eventWords = (rule: Rule) => rule.event[language() === 'en' ? 'en' : 'zh'] ?? topicWords(rule.topic)
export const templateName = (code: string) => (known(`desk.templates.names.${code}`) ? t(`desk.templates.names.${code}`) : code)
export const factName = (fact: string) => (known(`desk.facts.${fact}`) ? t(`desk.facts.${fact}`) : '')
export const channelName = (channel: string) => (known(`desk.channels.${channel}`) ? t(`desk.channels.${channel}`) : channel)

function partWords(part: Part): string {
  if (part.ladder) return part.ladder.map(partWords).join(t('desk.rules.then'))
  const name = part.field ?? part.role ?? Object.keys(part)[0] ?? ''
  return known(`desk.readers.${name}`) ? t(`desk.readers.${name}`) : name
}
export const audienceWords = (parts: Part[]) => parts.map(partWords).join(t('desk.comma'))
export const readerWords = (role: string) => (known(`desk.readers.${role}`) ? t(`desk.readers.${role}`) : role)
