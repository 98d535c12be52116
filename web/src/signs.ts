/** The signs between words that come from elsewhere: names, places, notes. Each language has its own. */
import { language } from './i18n'

const of = (zh: string, en: string) => (language() === 'en' ? en : zh)

export const listed = (words: string[]) => words.join(of('、', ', '))
export const inTurn = (words: string[]) => words.join(of('，', ', '))
export const apart = (words: string[]) => words.join(of('；', '; '))
export const aside = (words: string) => of(`（${words}）`, ` (${words})`)
export const naming = (name: string, words: string) => `${name}${of('：', ': ')}${words}`
