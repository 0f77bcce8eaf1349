import { expect, test } from 'vitest'
import { parseSignInSearch } from './sign-in-refusals.ts'

test('an address that names no known reason gives none', () => {
  expect(parseSignInSearch({ refused: 'lost' })).toEqual({ refused: 'lost' })
  expect(parseSignInSearch({ refused: '<b>pay here</b>' })).toEqual({})
  expect(parseSignInSearch({})).toEqual({})
})
