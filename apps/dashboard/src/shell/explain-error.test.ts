import { GoalpostError } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { explainError, isRetryable } from './explain-error.ts'

test('what the service says is shown as it is', () => {
  expect(explainError(new GoalpostError('not-found', 'There is no gate of that name'))).toBe(
    'There is no gate of that name',
  )
})

test.each([
  'Failed to fetch dynamically imported module: http://127.0.0.1:4700/assets/gate-page-B2.js',
  'error loading dynamically imported module: http://127.0.0.1:4700/assets/gate-page-B2.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /assets/fleet.css',
])('code that is gone after an update asks to reload: %s', (message) => {
  expect(explainError(new TypeError(message))).toContain('Reload the page')
})

test('any other fault is named, with what to do', () => {
  expect(explainError(new TypeError('x is undefined'))).toMatch(
    /^This page has a fault: x is undefined\. Reload the page/,
  )
  expect(explainError('thrown text')).toMatch(/^This page has a fault\. Reload the page/)
})

test('only what may pass by itself is tried again', () => {
  const codes = ['unavailable', 'not-found', 'insufficient-scope'] as const
  expect(codes.map((code) => isRetryable(new GoalpostError(code, '')))).toEqual([true, false, false])
  expect(isRetryable(new TypeError('x'))).toBe(false)
})
