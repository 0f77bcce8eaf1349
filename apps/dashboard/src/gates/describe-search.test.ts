import type { BisectionView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { describeSearch, remainingRange } from './describe-search.ts'

const probe = (version: number, state: 'good' | 'bad' | 'open' | null) => ({ version, state, units: 64, gateRunId: '' })
const search = (given: Partial<BisectionView>) =>
  ({ good: 1, bad: 9, probes: [], candidates: [], lastGood: null, state: 'ended', ...given }) as BisectionView

test('a running search says which versions are left', () => {
  expect(describeSearch(search({ state: 'running' }))).toBe(
    'The first bad version comes after 1 and is 9 at the latest.',
  )
  const probes = [probe(5, 'bad'), probe(3, 'good'), probe(4, null)]
  expect(describeSearch(search({ state: 'running', probes }))).toBe(
    'The first bad version comes after 3 and is 5 at the latest.',
  )
})

test('an ended search says what it found, and what it could not decide', () => {
  expect(describeSearch(search({ lastGood: 3, candidates: [4] }))).toBe(
    'Version 4 is the first bad one; version 3 is the last good one.',
  )
  expect(describeSearch(search({ lastGood: 3, candidates: [4, 5] }))).toBe(
    'The first bad version is one of 4, 5; version 3 is good. Those before 5 could not be decided within the budget.',
  )
})

test('the range that is left shrinks with every decided version, and not with undecided ones', () => {
  expect(remainingRange(search({}))).toEqual({ low: 1, high: 9 })
  const probes = [probe(5, 'bad'), probe(3, 'good'), probe(4, 'open'), probe(2, null)]
  expect(remainingRange(search({ probes }))).toEqual({ low: 3, high: 5 })
})
