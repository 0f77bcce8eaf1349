import { expect, test } from 'vitest'
import { parseLabels } from './annotate.ts'

test('labels are set with key=value, and removed with key-', () => {
  expect(parseLabels(['team=a=b', 'old-', 'empty=', 'a-b=c'])).toEqual({
    set: { team: 'a=b', empty: '', 'a-b': 'c' },
    remove: ['old'],
  })
})

test.each(['team', '=a', '-', `${'k'.repeat(61)}=1`])('%j is refused, with the remedy', (text) => {
  expect(() => parseLabels([text])).toThrow(/is not a label: /)
})
