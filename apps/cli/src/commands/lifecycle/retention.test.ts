import { expect, test } from 'vitest'
import { parseDays } from './retention.ts'

test('days are numbers, and none is for ever; what is not given stays', () => {
  expect(parseDays({ points: '90', logs: 'none' })).toEqual({ points: 90, logs: null })
  expect(parseDays({})).toEqual({})
})

test.each(['0', '-1', '1.5', 'a month', '100000'])('%j is refused', (text) => {
  expect(() => parseDays({ events: text })).toThrow(/--events must be a number of days or none/)
})
