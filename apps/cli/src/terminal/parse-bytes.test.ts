import { expect, test } from 'vitest'
import { parseBytes } from './parse-bytes.ts'

test.each([
  ['0', 0],
  ['500', 500],
  ['20MB', 20_000_000],
  ['1.5 gb', 1_500_000_000],
])('%s is a size', (text, bytes) => {
  expect(parseBytes('--storage', text)).toBe(bytes)
})

test.each(['', 'GB', '-1GB', '1e3', '5 apples', '99999999TB'])(
  '%j is not a size, and the error shows valid ones',
  (text) => {
    expect(() => parseBytes('--storage', text)).toThrow(/--storage must look like 500MB or 20GB/)
  },
)
