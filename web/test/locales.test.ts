import { expect, test } from 'vitest'

type Words = { [key: string]: string | Words }
const files = import.meta.glob<{ default: Words }>('../src/locales/*.ts', { eager: true })
const areas = [...new Set(Object.keys(files).map(file => file.match(/(\w+)\.(?:zh|en)\.ts$/)![1]!))]
const words = (area: string, language: string) => files[`../src/locales/${area}.${language}.ts`]!.default

function flat(of: Words, path = ''): [string, string][] {
  return Object.entries(of).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`)))
}

/** Latin words that people write in Chinese text. */
const ALLOWED = /SOS|xlsx|https|iPhone|Wi-Fi|Webhook|API|PDF|CSV|App|jc_test|jc_team|jc_live/g

test.each(areas)('%s says the same things in both languages', area => {
  const keys = (language: string) => flat(words(area, language)).map(([key]) => key).sort()

  expect(keys('en')).toEqual(keys('zh'))
})

test.each(areas)('%s fills the same places in both languages', area => {
  const english = new Map(flat(words(area, 'en')))
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

  // English has a word for one and one for many, and a line between them.
  for (const [key, text] of flat(words(area, 'zh'))) for (const form of english.get(key)!.split(' | ')) expect(places(form), key).toEqual(places(text))
})

test.each(areas)('no English is left in the Chinese words of %s', area => {
  const left = flat(words(area, 'zh')).filter(([, text]) => /[A-Za-z]{2,}/.test(text.replace(/\{\w+\}|\{'[^']*'\}/g, '').replace(ALLOWED, '')))

  expect(left).toEqual([])
})

test.each(areas)('no Chinese is left in the English words of %s', area => {
  expect(flat(words(area, 'en')).filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([])
})

const pages = Object.entries(import.meta.glob<string>('../src/**/*.vue', { eager: true, query: '?raw', import: 'default' }))

test('pages hold no words of their own: all text is in the locales', () => {
  const template = (text: string) => text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<!--[\s\S]*?-->/g, '').replace(/'中文'/, '')

  expect(pages.filter(([, text]) => /\p{Script=Han}/u.test(template(text))).map(([file]) => file)).toEqual([])
})

test('every key a page asks for is there', () => {
  const have = new Set(areas.flatMap(area => flat(words(area, 'zh')).map(([key]) => `${area}.${key}`)))
  const asked = pages.flatMap(([file, text]) => [...text.matchAll(/\bt\('([a-z]+\.[\w.]+)'/g)].map(found => ({ file, key: found[1]! })))

  expect(asked.filter(({ key }) => !have.has(key))).toEqual([])
})
