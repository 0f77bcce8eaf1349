import { expect, test } from 'vitest'
import { parseLeagueView } from './league-view.ts'

test('searches are ids, each once; one may stand alone', () => {
  expect(parseLeagueView({ searches: ['a', 'b', 'a', 3, ''] })).toEqual({ searches: ['a', 'b'] })
  expect(parseLeagueView({ searches: 'a' })).toEqual({ searches: ['a'] })
})

test('without searches there are none, not an empty league', () => {
  expect(parseLeagueView({ searches: [], condition: '' })).toEqual({})
  expect(parseLeagueView({ condition: 'id/alpha=0', other: 1 })).toEqual({ condition: 'id/alpha=0' })
})
