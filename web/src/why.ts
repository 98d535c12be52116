/** Reasons of services in words: each code has its words in an area, with its facts. */
import { known, listed, t } from './i18n'

export type Why = { code: string } & Record<string, unknown>

/** Facts that are codes themselves have their words in `facts.<name>.<code>` there. */
function factWords(name: string, value: unknown, area: string): unknown {
  if (Array.isArray(value)) return listed(value.map(one => factWords(name, one, area)))
  const key = `${area}.facts.${name}.${value}`
  return known(key) ? t(key) : value
}

export function wordsOf(why: Why[], area: string): string[] {
  return why.map(({ code, ...facts }) => {
    const key = `${area}.${code}`
    const values = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, factWords(name, value, area)]))
    return known(key) ? t(key, values) : t('problems.codes.invalid')
  })
}
