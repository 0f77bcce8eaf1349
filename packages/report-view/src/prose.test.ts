import { expect, test } from 'vitest'
import { breakable, prose } from './prose.ts'

test('text between backticks becomes code, without the backticks', () => {
  expect(prose('run `goalpost levels replay` <again>').html).toBe(
    'run <code>goalpost levels replay</code> &lt;again&gt;',
  )
})

test('a hash is cut to twelve digits, with the full hash as title', () => {
  const hash = 'ab'.repeat(32)
  expect(prose(`Episode ${hash}.`).html).toBe(`Episode <code title="${hash}">abababababab</code>.`)
})

test('a hyphen before a number becomes a minus sign; in words, ranges and dates it stays', () => {
  expect(prose('achievement -0.238 [-0.294, -.184]').html).toBe('achievement −0.238 [−0.294, −.184]')
  expect(prose('best-of-4, seeds 1-3, 2026-11-29, true-oracle').html).toBe(
    'best-of-4, seeds 1-3, 2026-11-29, true-oracle',
  )
})

test('a long name can be broken between its parts', () => {
  expect(breakable('alpha=0,levels=100').html).toBe('alpha=0,<wbr>levels=100')
})
