import { expect, it } from 'vitest'
import { searchTerms } from './search-terms.ts'

it.each([
  ['corner dish', ['corner', 'dish']],
  ['  corner   "right of the wall" ', ['corner', 'right of the wall']],
  ['"  spaced  " x', ['spaced', 'x']],
  ['5" wide', ['5"', 'wide']],
  ['"" " "', []],
  ['', []],
  ['100%_\\', ['100%_\\']],
])('%j has the terms %j', (search, terms) => {
  expect(searchTerms(search)).toEqual(terms)
})

it('has ten terms at most: the rest is one', () => {
  expect(searchTerms('a b c d e f g h i j')).toHaveLength(10)
  expect(searchTerms('a b c d e f g h i j k "l m"')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j k "l m"'])
})
