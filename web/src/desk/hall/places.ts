/** The pages of the lecture hall, troupes, services and jobs, as tabs. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { has } from '../../session'

export function useHallPlaces() {
  const { t } = useI18n()
  const clerk = () => [{ to: '/desk/hall/terms', name: t('hall.terms') }, { to: '/desk/hall/topics', name: t('hall.topics') }]
  return computed(() => [
    ...(has('clerk') ? clerk() : []),
    { to: '/desk/hall/speakers', name: t('hall.speakers') }, { to: '/desk/hall/troupes', name: t('troupes.title') },
    { to: '/desk/hall/services', name: t('family.title') }, { to: '/desk/hall/requests', name: t('family.requests') }, { to: '/desk/hall/jobs', name: t('jobs.title') },
  ])
}
