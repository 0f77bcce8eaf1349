import { expect, test } from 'vitest'
import { parseDuration } from './parse-duration.ts'

test.each([
  ['90', 90_000],
  ['90s', 90_000],
  ['1.5m', 90_000],
  ['2h', 7_200_000],
])('%s is a time', (text, ms) => {
  expect(parseDuration('--timeout', text)).toBe(ms)
})

test.each(['0', '', 'soon', '5 weeks', '-3s'])('%j is not a duration, and the error shows valid ones', (text) => {
  expect(() => parseDuration('--timeout', text)).toThrow(/--timeout must look like 90s/)
})
