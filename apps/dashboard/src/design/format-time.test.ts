import { expect, test } from 'vitest'
import { exactTime, relativeTime, roughDuration } from './format-time.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

test('a time is told by its largest whole unit', () => {
  const ago = (ms: number) => relativeTime(0, ms)
  expect([0, 59 * second, minute, 119 * second, 3 * minute, hour, 5 * hour].map(ago)).toEqual([
    'just now',
    'just now',
    '1 minute ago',
    '1 minute ago',
    '3 minutes ago',
    '1 hour ago',
    '5 hours ago',
  ])
  expect([day, 2 * day, 400 * day].map(ago)).toEqual(['yesterday', '2 days ago', '400 days ago'])
})

test('what a clock that is ahead calls the future is now', () => {
  expect(relativeTime(5 * minute, 0)).toBe('just now')
})

test('a duration is rounded', () => {
  expect([10, 90, 3_600, 200_000].map(roughDuration)).toEqual([
    'less than a minute',
    'about 2 minutes',
    'about 1 hour',
    'about 2 days',
  ])
})

test('an exact time says its zone', () => {
  expect(exactTime(Date.UTC(2026, 0, 2, 3, 4, 5))).toMatch(/2026.*(UTC|GMT|[A-Z]{3,4})/)
})
