/** The pages around cases. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { has } from '../../session'

export function useCasePlaces() {
  const { t } = useI18n()
  return computed(() => [
    { to: '/desk/cases', name: t('cases.tab_list') },
    ...(has('duty', 'clerk') ? [{ to: '/desk/cases/new', name: t('cases.tab_intake') }, { to: '/desk/cases/rules', name: t('cases.tab_rules') }] : []),
  ])
}
