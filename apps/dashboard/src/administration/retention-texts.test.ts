import { expect, test } from 'vitest'
import { retentionChangeOf, shortenedKinds } from './retention-texts.ts'

test('only edited rules are changed; an empty field keeps for ever', () => {
  expect(retentionChangeOf({ logs: '30', points: ' ' })).toEqual({ logs: 30, points: null })
  expect(retentionChangeOf({})).toBeNull()
})

test.each(['0', '1.5', '-1', 'soon'])('%s is no number of days', (logs) => {
  expect(retentionChangeOf({ logs })).toBeNull()
})

test('fewer days than before are shorter, and so is any number after for ever', () => {
  const rules = { points: null, logs: 30, events: 30, checkpoints: 30 }
  expect(shortenedKinds(rules, { points: 36_500, logs: 29, events: 30, checkpoints: null })).toEqual(['points', 'logs'])
  expect(shortenedKinds(rules, { logs: 31 })).toEqual([])
})
