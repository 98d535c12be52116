/** The pages about the three lists, as tabs. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { has } from '../../session'

export function useListPlaces() {
  const { t } = useI18n()
  return computed(() => [
    { to: '/desk/needs', name: t('lists.tab_needs') }, { to: '/desk/offers', name: t('lists.tab_offers') }, { to: '/desk/projects', name: t('lists.tab_projects') },
    ...(has('clerk') ? [{ to: '/desk/needs/answers', name: t('lists.tab_answers') }] : []), { to: '/desk/agenda', name: t('lists.tab_agenda') },
  ])
}
