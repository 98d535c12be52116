/** The pages about venues, as tabs. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

export function useVenuePlaces() {
  const { t } = useI18n()
  return computed(() => [
    { to: '/desk/venues', name: t('venues.title') },
    { to: '/desk/bookings', name: t('venues.bookings') },
    { to: '/desk/venues/stewards', name: t('venues.gaps') },
    { to: '/desk/equipment', name: t('venues.equipment') },
    { to: '/desk/equipment/loans', name: t('venues.loans') },
  ])
}
