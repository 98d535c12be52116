/** Puts what went wrong into the reader's language. The English `detail` of a problem is for programmers and is never shown. */
import { NoConnection, Problem, type FieldError } from './api'
import { known, listed, t } from './i18n'

export function problemWords(error: unknown): string {
  if (error instanceof NoConnection) return t('problems.no_connection')
  if (!(error instanceof Problem)) return t('problems.unknown')
  const title = `problems.titles.${error.title}`
  if (known(title)) return t(title, error.facts)
  const status = `problems.status.${error.status}`
  return t(known(status) ? status : 'problems.unknown')
}

/** The most special words there are: for this field, for a code with just these facts, for the code. */
export function codeWords(error: FieldError, field = ''): string {
  const facts = Object.keys(error).filter(name => name !== 'code').sort().join('_')
  const keys = [`fields.${field}.${error.code}`, `codes.${error.code}_${facts}`, `codes.${error.code}`, 'codes.invalid'].map(key => `problems.${key}`)
  const values = Object.fromEntries(Object.entries(error).map(([name, value]) => [name, Array.isArray(value) ? listed(value) : value]))
  return t(keys.find(known)!, values)
}

/** Why the server would not take an item: the name of a problem, or our own code. */
export function refusalWords(code = 'refused'): string {
  const title = `problems.titles.${code}`
  return known(title) ? t(title) : codeWords({ code })
}

/** The words for one field of a form; `undefined` when that field is fine. */
export function fieldWords(error: unknown, field: string): string | undefined {
  const found = error instanceof Problem ? error.errors[field] : undefined
  return found?.length ? found.map(error => codeWords(error, field)).join(' ') : undefined
}
