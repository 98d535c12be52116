/** Why somebody got a message. The service words event, role and rule in the language of the message itself. */
import { t } from '../../i18n'
import type { Message } from '../../inbox'

export function whyWords(why: Message['why']): string[] {
  const parts = ['event', 'role', 'rule'] as const
  return parts.filter(part => why?.[part]).map(part => t(`phone.inbox.why_${part}`, { [part]: why![part] }))
}
