/** The pages about messages. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

export function useMessagePlaces() {
  const { t } = useI18n()
  return computed(() => [
    { to: '/desk/messages', name: t('desk.messages.told') }, { to: '/desk/messages/undelivered', name: t('desk.undelivered.title') },
    { to: '/desk/messages/rules', name: t('desk.rules.title') }, { to: '/desk/messages/templates', name: t('desk.templates.title') },
    { to: '/desk/messages/trace', name: t('desk.trace.title') },
  ])
}
