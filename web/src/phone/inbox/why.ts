/** Why somebody got a message. The service words event, role and rule in the language of the message itself. */
import { language, t } from '../../i18n'
import type { Message } from '../../inbox'
import { timeWords } from '../../time'

export function whyWords(why: Message['why']): string[] {
  const parts = ['event', 'role', 'rule'] as const
  const words = parts.filter(part => why?.[part]).map(part => t(`phone.inbox.why_${part}`, { [part]: why![part] }))
  if (!why?.together_at) return words
  return [...words, t('phone.inbox.why_together', { at: timeWords(new Date(why.together_at), new Date(), language()) })]
}
