import { describe, expect, it, test } from 'vitest'
import { checkCron, lastOccurrence, occurrencesAfter } from './cron.ts'

const isoAfter = (cron: string, timezone: string, from: string, count: number) =>
  occurrencesAfter({ cron, timezone }, new Date(from), count).map((at) => at.toISOString())

describe('a fixed local time', () => {
  it('that the clock skips occurs at the first valid time after the gap', () => {
    expect(isoAfter('30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z', // 02:30 +01:00
      '2026-03-29T01:00:00.000Z', // 03:00 +02:00, as 02:00 to 03:00 does not exist
      '2026-03-30T00:30:00.000Z', // 02:30 +02:00
    ])
  })

  it('that the clock repeats occurs once, at the first of both', () => {
    expect(isoAfter('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z', // 02:30 +02:00
      '2026-10-26T01:30:00.000Z', // 02:30 +01:00
    ])
    expect(isoAfter('30 1 * * *', 'America/New_York', '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ])
  })

  it('is right where the clock moves by half an hour', () => {
    expect(isoAfter('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00:00Z', 2)).toEqual([
      '2026-10-03T15:30:00.000Z', // 02:30 +11:00, as 02:00 to 02:30 does not exist
      '2026-10-04T15:15:00.000Z',
    ])
  })
})

describe('a repeating expression', () => {
  it('occurs in both hours of the same name, and not in a missing one', () => {
    const half = (from: string, count: number) => isoAfter('*/30 * * * *', 'Europe/Berlin', from, count)
    const minutes = (times: string[]) => times.map((at) => at.slice(11, 16))
    expect(minutes(half('2026-10-25T00:00:00Z', 4))).toEqual(['00:30', '01:00', '01:30', '02:00'])
    expect(minutes(half('2026-03-29T00:00:00Z', 4))).toEqual(['00:30', '01:00', '01:30', '02:00'])
  })
})

test('every occurrence before the present is found from it, across both changes of the clock', () => {
  const expression = { cron: '30 2 * * *', timezone: 'Europe/Berlin' }
  const all = occurrencesAfter(expression, new Date('2026-03-25T00:00:00Z'), 240)
  for (const [index, at] of all.entries()) {
    expect(lastOccurrence(expression, at)).toEqual(at)
    if (index > 0) expect(lastOccurrence(expression, new Date(at.getTime() - 1))).toEqual(all[index - 1])
    expect(lastOccurrence(expression, new Date(at.getTime() + 999))).toEqual(at)
  }
})

describe('a fault', () => {
  const now = new Date('2026-11-29T00:00:00Z')
  const issues = (cron: string, timezone = 'UTC') => checkCron({ cron, timezone }, now)

  test.each([
    ['0 0 30 2 *', /never occurs/],
    ['0 0 31 4,6,9,11 *', /never occurs/],
    ['61 * * * *', /not a cron expression: .*minute/],
    ['0 0 * * FOO', /not a cron expression/],
    ['0 0 0 * * *', /must have 5 fields, but has 6 fields/],
    ['2030-01-01T00:00:00', /must have 5 fields, but has 1 field$/],
    ['* *', /must have 5 fields, but has 2 fields/],
    ['@reboot', /no nickname `@reboot`/],
    ['*/0 * * * *', /not a cron expression/],
  ])('of the expression %j names it', (cron, message) => {
    expect(issues(cron)).toEqual([
      expect.objectContaining({ pointer: '/cron', message: expect.stringMatching(message) }),
    ])
  })

  test.each(['0 3 * * MON-FRI', '0 0 L * *', '0 0 29 2 *', '@daily', ' 5  4 * * * '])('is not found in %j', (cron) => {
    expect(issues(cron)).toEqual([])
  })

  test('of the time zone suggests the one that was meant', () => {
    expect(issues('@daily', 'Europe/Berlim')).toEqual([
      expect.objectContaining({ pointer: '/timezone', remedy: expect.stringContaining('Europe/Berlin') }),
    ])
    expect(issues('@daily', '+02:00')).toHaveLength(1)
    expect(issues('@daily', 'Mars/Base')).toHaveLength(1)
  })

  test('of both fields is found at once', () => {
    expect(issues('nonsense', 'Mars/Base').map(({ pointer }) => pointer)).toEqual(['/timezone', '/cron'])
  })
})
