/** The messages of the person: how many are unread, and news of them as they come. */
import { effectScope, ref, shallowRef, watch } from 'vue'
import { api } from './api'
import { listen } from './live'
import { me } from './session'

export type Answer = 'ack' | 'decline' | 'call_me' | 'later'
export type Message = {
  id: string; class: 'critical' | 'duty' | 'service' | 'news'; title: string; body: string; link: string | null
  why: { event: string; rule: string; role: string; topic: string; together_at?: string | null } | null
  note?: string | null; created_at: string; read_at: string | null; needs_answer: boolean; answer: Answer | null; thread: string; choices: { answer: Answer; label: string }[]; cancelled_at: string | null
}

export const inboxCount = shallowRef({ unread: 0, to_answer: 0 })
/** Grows by one with every piece of news: lists watch it to load again. */
export const inboxNews = ref(0)

export async function countInbox() {
  inboxCount.value = await api.get<{ unread: number; to_answer: number }>('/notify/inbox/count').catch(() => inboxCount.value)
}

/** Listens for as long as somebody is signed in. */
export function followInbox() {
  let stop = () => {}
  effectScope(true).run(() => watch(() => me.value?.id, person => {
    stop()
    stop = () => {}
    inboxCount.value = { unread: 0, to_answer: 0 }
    if (!person) return
    void countInbox()
    stop = listen({ stream: '/notify/inbox/stream', event: 'inbox' }, () => { inboxNews.value++; void countInbox() })
  }, { immediate: true }))
}
