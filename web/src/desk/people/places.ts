/** The pages about people; a unit's officer has the first only. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { has } from '../../session'

export function usePeoplePlaces() {
  const { t } = useI18n()
  return computed(() => [
    { to: '/desk/people', name: t('desk.people.people') },
    ...(has('clerk') ? [{ to: '/desk/people/imports', name: t('desk.imports.title') }] : []),
    ...(has('clerk') ? [{ to: '/desk/people/hours', name: t('desk.people.hours') }] : []),
    ...(has('secretary') ? [{ to: '/desk/people/roles', name: t('desk.roles.title') }] : []),
  ])
}
