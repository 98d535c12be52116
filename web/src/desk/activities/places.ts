/** The pages about activities, as tabs. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { has } from '../../session'

export function useActivityPlaces() {
  const { t } = useI18n()
  return computed(() => [
    { to: '/desk/activities', name: t('common.activities') },
    { to: '/desk/activities/planning', name: t('series.planning') },
    { to: '/desk/series', name: t('series.title') },
    ...(has('clerk') ? [{ to: '/desk/activities/days', name: t('series.holidays') }] : []),
  ])
}
