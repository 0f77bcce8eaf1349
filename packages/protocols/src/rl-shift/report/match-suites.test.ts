import { expect, test } from 'vitest'
import { matchSuites } from './match-suites.ts'

const suites = (hashes: Readonly<Record<string, string>>) =>
  Object.entries(hashes).map(([name, hash]) => ({ name, facts: { hash } }))
const namesOf = (...[left, right]: readonly Readonly<Record<string, string>>[]) =>
  matchSuites(suites(left!), suites(right!)).map(({ suite, match }) => `${suite.name} ${match.name}`)

test('suites with equal levels are paired by name first, whichever condition is the baseline', () => {
  const biased = { near: 'a', far: 'b' }
  const control = { near: 'b', far: 'b' }
  expect(namesOf(biased, control)).toEqual(['far far'])
  expect(namesOf(control, biased)).toEqual(['far far'])
})

test('without one of its name, a suite is paired with another that has the same levels and is in no other pair', () => {
  expect(namesOf({ far: 'b', near: 'a' }, { close: 'a', distant: 'b' })).toEqual(['far distant', 'near close'])
  expect(namesOf({ one: 'a', two: 'a' }, { three: 'a' })).toEqual(['one three'])
  expect(namesOf({ near: 'a' }, { near: 'b' })).toEqual([])
})
