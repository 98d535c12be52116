/** What came of one request, from the tap to the last message, as notify shows it to the desk. */
import { known, language, t } from '../../i18n'
import type { Class, SendingState } from './message'

export type Delivery = { subscriber: string; state: 'done' | 'waiting' | 'failing' | 'quarantined'; at: string | null; attempts: number | null; failures: number | null; due_at: string | null; last_error: string | null }
export type Way = { id: string; channel: string; state: SendingState; attempts: number; detail: string | null; due_at: string; sent_at: string | null; digest_at: string | null }
export type TracedMessage = { id: string; person: { id: string; name: string; unit: string | null } | null; class: Class; created_at: string; read_at: string | null; answered_at: string | null; answered_way: 'page' | 'link' | 'sms' | null; sendings: Way[] }
export type TracedEvent = { id: string; topic: string; actor: { kind: string; name: string | null }; recorded_at: string; causation_id: string | null; deliveries: Delivery[]; people: number; messages: TracedMessage[] }
export type Trace = { correlation_id: string; events: TracedEvent[] }

export const DELIVERY_TONES = { done: 'ok', waiting: 'info', failing: 'warn', quarantined: 'bad' } as const
const UUID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i

/** The number in what was pasted, which may be a whole line of a log. */
export const idIn = (pasted: string) => pasted.match(UUID)?.[0].toLowerCase()
export const serviceName = (service: string) => (known(`desk.trace.services.${service}`) ? t(`desk.trace.services.${service}`) : service)
export const actorWords = ({ kind, name }: TracedEvent['actor']) => name ?? (known(`desk.trace.actors.${kind}`) ? t(`desk.trace.actors.${kind}`) : kind)

/** What is left to do: how many services still have it before them, are stuck, and how many sendings are open or lost. */
export function leftOver(trace: Trace) {
  const deliveries = trace.events.flatMap(event => event.deliveries)
  const ways = trace.events.flatMap(event => event.messages.flatMap(message => message.sendings))
  const count = <T>(all: T[], which: (one: T) => boolean) => all.filter(which).length
  return {
    stuck: count(deliveries, one => one.state === 'quarantined'),
    waiting: count(deliveries, one => one.state === 'waiting' || one.state === 'failing') + count(ways, way => ['queued', 'held', 'bundled', 'sending', 'failed'].includes(way.state)),
    lost: count(ways, way => way.state === 'gave_up' || way.state === 'unknown'),
  }
}

/** To the second, in Shanghai: in a trace the order matters. */
export const exactly = (at: string) =>
  new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(at))
