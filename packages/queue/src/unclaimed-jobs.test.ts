import { expect, it } from 'vitest'
import { trackUnclaimed } from './unclaimed-jobs.ts'

it('gives up a job that is still unclaimed after the grace period, which restarts if the job was away', () => {
  let now = 0
  const { abandoned } = trackUnclaimed(100, () => now)
  expect(abandoned(['a', 'b'])).toEqual(new Set())
  now = 99
  expect(abandoned(['a', 'b'])).toEqual(new Set())
  now = 100
  expect(abandoned(['a', 'c'])).toEqual(new Set(['a']))
  expect(abandoned(['a', 'b', 'c'])).toEqual(new Set(['a']))
  now = 200
  expect(abandoned(['b', 'c'])).toEqual(new Set(['b', 'c']))
  expect(abandoned(['a'])).toEqual(new Set())
})
