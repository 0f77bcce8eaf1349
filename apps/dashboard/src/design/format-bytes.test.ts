import { expect, test } from 'vitest'
import { formatBytes } from './format-bytes.ts'

test('bytes have three digits, and the unit that fits after rounding', () => {
  expect([0, 999, 1_000, 1_240_000_000, 999_999, 5e16].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1 kB',
    '1.24 GB',
    '1 MB',
    '50 PB',
  ])
})
