import { expect, test } from 'vitest'
import { createQuietErrors } from './quiet-errors.ts'

function createReporter() {
  const reported: string[] = []
  let now = 0
  const report = createQuietErrors({
    report: ({ message }) => void reported.push(`${now} ${message}`),
    quietMs: 100,
    now: () => now,
  })
  return {
    reported,
    fail(at: number, message: string): void {
      now = at
      report(new Error(message))
    },
  }
}

test('an error is reported again only after the quiet time, counted from its last report', () => {
  const { reported, fail } = createReporter()
  for (const at of [0, 1, 99, 100, 150, 199, 200]) fail(at, 'refused')
  expect(reported).toEqual(['0 refused', '100 refused', '200 refused'])
})

test('errors of other texts are reported at once, and keep their own quiet time', () => {
  const { reported, fail } = createReporter()
  fail(0, 'refused')
  fail(50, 'reset')
  fail(100, 'refused')
  fail(149, 'reset')
  fail(150, 'reset')
  expect(reported).toEqual(['0 refused', '50 reset', '100 refused', '150 reset'])
})

test('without settings an error is quiet for ten seconds', () => {
  const reported: string[] = []
  const report = createQuietErrors({ report: ({ message }) => void reported.push(message) })
  report(new Error('refused'))
  report(new Error('refused'))
  expect(reported).toEqual(['refused'])
})
