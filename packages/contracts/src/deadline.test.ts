import { expect, test } from 'vitest'
import { deadline, readDeadline } from './deadline.ts'

const now = new Date('2030-01-01T00:00:00Z')

test.each([
  ['90s', '2030-01-01T00:01:30.000Z'],
  ['90m', '2030-01-01T01:30:00.000Z'],
  ['36h', '2030-01-02T12:00:00.000Z'],
  ['14d', '2030-01-15T00:00:00.000Z'],
  ['2031-01-31T18:00:00+02:00', '2031-01-31T16:00:00.000Z'],
])('%s is a deadline, at %s', (text, at) => {
  expect(deadline.parse(text)).toBe(text)
  expect(readDeadline(text, now).toISOString()).toBe(at)
})

test.each(['', 'tomorrow', '1.5h', '100000d', '2031-01-31', '2031-01-31T18:00:00', '0000-01-01T00:00:00Z', '-1h'])(
  '%s is none',
  (text) => {
    expect(deadline.safeParse(text).error?.issues[0]?.message).toContain('such as 2027-01-31T18:00:00Z')
  },
)
