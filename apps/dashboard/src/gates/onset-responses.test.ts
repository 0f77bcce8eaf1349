import { expect, test } from 'vitest'
import { onsetResponse } from './onset-responses.ts'

test('each version is a point in its interval, coloured by whether it keeps the rule', () => {
  const point = { version: 3, step: null, value: 0.4, low: 0.2, high: 0.6, units: 80, state: 'violated' as const }
  const response = onsetResponse({
    rule: 'stays capable',
    measure: 'true-return',
    scale: 'measure',
    line: 0.5,
    keeps: 'above',
    leftOut: false,
    points: [point],
    lastGood: 2,
    firstBad: 3,
  })
  expect(response.threshold).toBe(0.5)
  expect(response.points).toEqual([
    {
      condition: 'version 3, violated',
      dose: 3,
      tone: 'bad',
      verdict: 'violates the rule',
      estimate: { value: 0.4, low: 0.2, high: 0.6, count: 80 },
      dots: [],
    },
  ])
})
