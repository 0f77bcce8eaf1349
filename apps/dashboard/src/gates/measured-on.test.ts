import { expect, test } from 'vitest'
import { measuredOn } from './measured-on.ts'

const difference = { value: 0.1, low: 0, high: 0.2, level: 0.95 }

test('a rule says on how many of the tested units it was measured, and one without a measure nothing', () => {
  expect(measuredOn({ difference, units: 1_278 }, 1_280)).toBe('measured on 1,278 of 1,280 units')
  expect(measuredOn({ difference, units: 32 }, 32)).toBe('measured on 32 units')
  expect(measuredOn({ difference: null, units: 1 }, 32)).toBe(null)
})
