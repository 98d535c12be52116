import { beforeEach, expect, test } from 'vitest'
import { NoConnection, Problem, formKey, newId } from '../src/api'
import en from '../src/locales/problems.en'
import problems from '../src/locales/problems.zh'
import { i18n, speak } from '../src/i18n'
import { codeWords, fieldWords, problemWords } from '../src/words'

const store = new Map<string, string>()
Object.assign(globalThis, {
  localStorage: { getItem: (key: string) => store.get(key) ?? null, setItem: (key: string, value: string) => store.set(key, value) },
  document: { documentElement: {} },
})
beforeEach(() => speak('zh-CN'))

test('a problem is worded in Chinese, with its facts', () => {
  expect(problemWords(new Problem(401, 'WrongCode', {}, { tries_left: 3 }))).toBe('验证码不对，还可以试 3 次。')
})

test('and in English for who chose English', async () => {
  i18n.global.mergeLocaleMessage('en' as never, { problems: en } as never)
  await speak('en')

  expect(problemWords(new Problem(401, 'WrongCode', {}, { tries_left: 3 }))).toBe('That code is wrong. Tries left: 3.')
})

test('a problem nobody has words for is worded by its status, never by its English detail', () => {
  expect(problemWords(new Problem(409, 'SomethingNew'))).toBe('现在不能这样做，情况已经变了，请刷新查看。')
  expect(problemWords(new Problem(418, 'Teapot'))).toBe('出了点问题，请再试一次；还不行就打电话给社区。')
})

test('no connection says that what was entered is kept', () => {
  expect(problemWords(new NoConnection())).toContain('还在')
})

test('errors stand at their field', () => {
  const problem = new Problem(422, 'Invalid', { title: [{ code: 'too_long', max: 80 }], 'audience.units': [{ code: 'unknown', values: ['U99', 'U98'] }] })

  expect(fieldWords(problem, 'title')).toBe('太长了，最多 80 个字。')
  expect(fieldWords(problem, 'audience.units')).toBe('没有这些代码：U99、U98')
  expect(fieldWords(problem, 'place')).toBeUndefined()
})

test('facts choose the words', () => {
  expect(codeWords({ code: 'out_of_range', min: 1, max: 9 })).toBe('要在 1 到 9 之间。')
  expect(codeWords({ code: 'out_of_range', min: 1 })).toBe('不能小于 1。')
  expect(codeWords({ code: 'too_long', max: 72 }, 'ends_at')).toBe('最长 72 小时。')
})

test('every problem of the services has words', () => {
  const python = Object.values(import.meta.glob<string>(['../../services/**/*.py', '../../shared/*.py'], { eager: true, query: '?raw', import: 'default' }))
  const names = python.flatMap(text => [...text.matchAll(/^class (\w+)\((?:Problem|NotFound|Forbidden|Invalid|TooManyRequests|Unauthenticated|Unavailable)\):/gm)].map(found => found[1]!))

  expect(names.length).toBeGreaterThan(10)
  expect(names.filter(name => !(name in problems.titles))).toEqual([])
})

test('a code nobody has words for still says that the field is wrong', () => {
  expect(codeWords({ code: 'brand_new' })).toBe('这里填得不对，请检查。')
})

test('a form keeps its key over retries and takes a new one for other words', () => {
  const key = formKey()
  const first = key.for({ title: '讲座' })

  expect(key.for({ title: '讲座' })).toBe(first)
  expect(key.for({ title: '清雪' })).not.toBe(first)

  const second = key.for({ title: '清雪' })
  key.done()
  expect(key.for({ title: '清雪' })).not.toBe(second)
})

test('ids are UUIDs of version 7 that sort by time', () => {
  const [early, late] = [newId(1_700_000_000_000), newId(1_800_000_000_000)]

  expect(early).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  expect(early < late).toBe(true)
})
