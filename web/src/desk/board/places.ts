/** The pages around the board. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { has } from '../../session'

export function useBoardPlaces() {
  const { t } = useI18n()
  return computed(() => [
    { to: '/desk/board', name: t('desk.board.tonight') }, { to: '/desk/board/roster', name: t('desk.board.roster') },
    ...(has('clerk') ? [{ to: '/desk/board/plans', name: t('desk.board.plans') }, { to: '/desk/board/volunteers', name: t('desk.board.volunteers') }] : []),
    { to: '/desk/responses', name: t('desk.board.responses') }, { to: '/desk/weather', name: t('desk.board.weather') },
    { to: '/desk/board/squads', name: t('desk.board.squads') }, { to: '/desk/board/checkpoints', name: t('desk.board.checkpoints') },
    { to: '/desk/board/key-areas', name: t('desk.board.key_areas') }, { to: '/desk/board/checklists', name: t('desk.board.checklists') },
    { to: '/desk/board/pictures', name: t('desk.board.pictures') },
  ])
}
