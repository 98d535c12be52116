/** Weather as patrol shows it, and the words for it. */
import { t } from '../i18n'

export const WEATHERS = ['cold', 'heat', 'storm', 'air'] as const
export const LEVELS = ['blue', 'yellow', 'orange', 'red'] as const
export type Weather = { id: string; weather: (typeof WEATHERS)[number]; level: (typeof LEVELS)[number]; words: string; since: string; until: string | null; state: 'on' | 'off'; ended_at: string | null; paused: number; version: number }
export type TakenShift = { id: string; squad: { name: string }; starts_at: string; ends_at: string; people: number }

export const weatherWords = (one: Pick<Weather, 'weather' | 'level'>) => t('together.weather_level', { weather: t(`together.weathers.${one.weather}`), level: t(`together.levels.${one.level}`) })
export const LEVEL_TONES = { blue: 'info', yellow: 'warn', orange: 'warn', red: 'bad' } as const
