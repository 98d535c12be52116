import { expect, test } from 'vitest'
import { dayWords, spanWords, startOfDay, timeWords, weekdayOf } from '../src/time'

const now = new Date('2026-11-22T12:30:00Z') // 20:30 on a Sunday in Shanghai

test('times are of Shanghai, whatever the phone thinks', () => {
  expect(timeWords(new Date('2026-11-22T11:00:00Z'), now, 'zh-CN')).toBe('今天 19:00')
  expect(timeWords(new Date('2026-11-22T17:00:00Z'), now, 'zh-CN')).toBe('明天 01:00')
  expect(timeWords(new Date('2026-11-21T15:59:00Z'), now, 'zh-CN')).toBe('昨天 23:59')
})

test('other days are dates, and other years say so', () => {
  expect(dayWords(new Date('2026-12-01T04:00:00Z'), now, 'zh-CN')).toBe('12月1日周二')
  expect(dayWords(new Date('2027-01-03T04:00:00Z'), now, 'zh-CN')).toBe('2027年1月3日周日')
  expect(dayWords(new Date('2026-12-01T04:00:00Z'), now, 'en')).toMatch(/^Tue,? 1 Dec$/)
})

test('a span names its day once', () => {
  expect(spanWords(new Date('2026-11-22T12:00:00Z'), new Date('2026-11-22T14:00:00Z'), now, 'zh-CN')).toBe('今天 20:00–22:00')
  expect(spanWords(new Date('2026-11-22T15:00:00Z'), new Date('2026-11-22T17:00:00Z'), now, 'zh-CN')).toBe('今天 23:00–明天 01:00')
})

test('days begin at midnight in Shanghai, weeks on Monday', () => {
  expect(startOfDay(now).toISOString()).toBe('2026-11-21T16:00:00.000Z')
  expect(startOfDay(now, 1).toISOString()).toBe('2026-11-22T16:00:00.000Z')
  expect(weekdayOf(now)).toBe(6)
})
