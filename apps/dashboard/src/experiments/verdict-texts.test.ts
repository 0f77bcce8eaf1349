import { expect, test } from 'vitest'
import { countText, unjudgedText } from './verdict-texts.ts'

test('a condition without a replicate is reported as failed, cancelled or not finished, as its experiment is', () => {
  expect(unjudgedText('failed')).toBe('failed')
  expect(unjudgedText('cancelled')).toBe('cancelled')
  expect(unjudgedText('running')).toBe('not judged yet')
})

test('replicates that agree are counted; where none has the verdict by itself, all are', () => {
  expect(countText({ agreeing: 4, total: 5 })).toBe('4/5')
  expect(countText({ agreeing: 0, total: 5 })).toBe('n = 5')
})
