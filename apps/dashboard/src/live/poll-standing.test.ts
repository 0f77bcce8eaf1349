import { expect, test } from 'vitest'
import { pollStanding } from './poll-standing.ts'

const answered = { data: {}, dataUpdatedAt: 5, failureCount: 0, isRefetchError: false, fetchStatus: 'idle' } as const

test('a query that is answered is live, since its last answer', () => {
  expect(pollStanding(answered)).toEqual({ status: 'polling', sinceMs: 5 })
  expect(pollStanding({ ...answered, fetchStatus: 'fetching' }).status).toBe('polling')
})

test('a query whose requests fail is stale since its last answer, from the first failure on', () => {
  expect(pollStanding({ ...answered, failureCount: 1, fetchStatus: 'fetching' })).toEqual({
    status: 'stale',
    sinceMs: 5,
  })
  expect(pollStanding({ ...answered, isRefetchError: true }).status).toBe('stale')
  expect(pollStanding({ ...answered, fetchStatus: 'paused' }).status).toBe('stale')
})

test('without an answer nothing is known, and what has ended stays as it is', () => {
  expect(pollStanding({ ...answered, data: undefined, dataUpdatedAt: 0 }).status).toBe('connecting')
  expect(pollStanding({ ...answered, isRefetchError: true }, true).status).toBe('ended')
})
