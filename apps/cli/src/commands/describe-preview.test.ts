import { expect, test } from 'vitest'
import { gatherWarnings } from './describe-preview.ts'

const resolved = { conditions: ['a', 'b', 'c'].map((name) => ({ name })) }

test('a warning about several conditions is printed once, without their names if it is about all', () => {
  const warnings = [
    ...['a', 'b', 'c'].map((condition) => ({ condition, message: 'of all' })),
    ...['a', 'c'].map((condition) => ({ condition, message: 'of two' })),
    { condition: null, message: 'of the experiment' },
  ]
  expect(gatherWarnings({ warnings, resolved })).toEqual(['of all', 'a; c: of two', 'of the experiment'])
})

test('the warning of a single condition keeps its name', () => {
  const only = { conditions: [{ name: 'a' }] }
  expect(gatherWarnings({ warnings: [{ condition: 'a', message: 'x' }], resolved: only })).toEqual(['a: x'])
})
