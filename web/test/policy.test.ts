import { expect, test } from 'vitest'

const sources = Object.entries(import.meta.glob<string>(['../src/**/*.{vue,ts,css}', '../index.html', '../public/*.json'], { eager: true, query: '?raw', import: 'default' }))
const holding = (pattern: RegExp) => sources.filter(([, text]) => pattern.test(text)).map(([file]) => file)

test('nobody is followed: the place is read once, never watched', () => {
  expect(holding(/watchPosition/)).toEqual([])
})

test('nothing is loaded from, or sent to, another host', () => {
  expect(holding(/https?:\/\/(?!www\.w3\.org)/)).toEqual([])
})

test('no photo, video or place is required', () => {
  expect(holding(/type="file"[^>]*required|required[^>]*type="file"/)).toEqual([])
})

test('people and units are not ranked', () => {
  expect(holding(/leaderboard|排行|排名/)).toEqual([])
})

test('every frame has the entry for suggestions and complaints', () => {
  const frames = sources.filter(([file]) => /layouts\/\w+Layout\.vue$/.test(file))

  expect(frames).toHaveLength(3)
  for (const [file, text] of frames) expect(text, file).toContain('<Foot')
})
