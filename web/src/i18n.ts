/** The two languages. Chinese is in the first load; English, and the words of the desk, come when they are wanted. */
import type { Ref } from 'vue'
import { createI18n } from 'vue-i18n'
import commonZh from './locales/common.zh'
import phoneZh from './locales/phone.zh'
import problemsZh from './locales/problems.zh'

export type Language = 'zh-CN' | 'en'
type Words = Record<string, unknown>
const files = import.meta.glob<{ default: Words }>(['./locales/*.ts', '!./locales/common.zh.ts', '!./locales/phone.zh.ts', '!./locales/problems.zh.ts'])
const areas = new Set(['common', 'phone', 'problems'])

const messages: Record<Language, Words> = { 'zh-CN': { common: commonZh, phone: phoneZh, problems: problemsZh }, en: {} }
export const i18n = createI18n<false>({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN', messages: messages as never })
const current = i18n.global.locale as unknown as Ref<Language>

/** The translator outside components. */
export const t = i18n.global.t as unknown as (key: string, values?: Record<string, unknown>) => string
export const known = (key: string) => i18n.global.te(key, current.value) || i18n.global.te(key, 'zh-CN')
export const language = () => current.value
/** Several names in one line, and one in brackets, with the signs of the language. */
export const listed = (names: unknown[]) => names.join(language() === 'en' ? ', ' : '、')
export const bracketed = (words: string) => (language() === 'en' ? ` (${words})` : `（${words}）`)

async function loadWords(area: string, to: Language) {
  const load = files[`./locales/${area}.${to === 'en' ? 'en' : 'zh'}.ts`]
  if (load) i18n.global.mergeLocaleMessage(to, { [area]: (await load()).default })
}

/** Brings an area's words in the present language; the router calls it before a page of that area opens. */
export async function wantArea(area: string) {
  if (areas.has(area)) return
  areas.add(area)
  await Promise.all([loadWords(area, 'zh-CN'), language() === 'en' ? loadWords(area, 'en') : null])
}

export async function speak(to: Language) {
  if (to === 'en') await Promise.all([...areas].map(area => loadWords(area, 'en')))
  current.value = to
  document.documentElement.lang = to
  localStorage.setItem('language', to)
}

export const chosenLanguage = () => localStorage.getItem('language') as Language | null
