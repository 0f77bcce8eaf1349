import { expect, test } from 'vitest'
import { createIndexedLevels } from './level-source.ts'

test('every episode of every slot has its own level index, in any order of requests', () => {
  const levels = createIndexedLevels(3, (index) => index)
  const asked = [
    [2, 1],
    [0, 0],
    [1, 0],
    [2, 0],
    [0, 1],
    [1, 1],
  ].map(([slot, episode]) => levels.next(slot, episode))
  expect(asked).toEqual([5, 0, 1, 2, 3, 4])
  expect(levels.current(2, 1)).toBe(5)
})
