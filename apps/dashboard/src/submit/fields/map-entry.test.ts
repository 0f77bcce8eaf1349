import { expect, test } from 'vitest'
import { nameProblem } from './map-entry.tsx'

test('a member cannot have the name of another, or none', () => {
  expect(nameProblem('b', 'a', ['a', 'b'])).toContain('b exists already')
  expect(nameProblem('', 'a', ['a', 'b'])).toContain('A name is needed')
  for (const to of ['a', 'c']) expect(nameProblem(to, 'a', ['a', 'b'])).toBeNull()
})
