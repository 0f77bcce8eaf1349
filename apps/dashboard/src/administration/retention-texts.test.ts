import { expect, test } from 'vitest'
import { retentionChangeOf } from './retention-texts.ts'

test('only edited rules are changed; an empty field keeps for ever', () => {
  expect(retentionChangeOf({ logs: '30', points: ' ' })).toEqual({ logs: 30, points: null })
  expect(retentionChangeOf({})).toBeNull()
})

test.each(['0', '1.5', '-1', 'soon'])('%s is no number of days', (logs) => {
  expect(retentionChangeOf({ logs })).toBeNull()
})
