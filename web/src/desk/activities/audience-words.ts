/** An audience in words: 所有人, or the names of its parts. */
import { useI18n } from 'vue-i18n'
import { useGroups, useUnits, useZones } from '../choices'
import { PARTS, type Audience } from './plan'

export function useAudienceWords() {
  const { t } = useI18n()
  const units = useUnits(), zones = useZones(), groups = useGroups()
  const lists = () => ({ units: units.value, zones: zones.value, groups: groups.value, skills: [] })
  const nameOf = (part: (typeof PARTS)[number], code: string) => (part === 'skills' ? t(`desk.skills.${code}`) : (lists()[part].find(one => one.code === code)?.name ?? code))

  return (audience: Audience) => {
    if (audience.everyone) return t('desk.audience.everyone')
    return PARTS.flatMap(part => (audience[part] ?? []).map(code => nameOf(part, code))).join(t('desk.comma'))
  }
}
