import { expect, test } from 'vitest'
import { fitKeys, insertKey, moveKey } from './item-keys.ts'

test('keys stay with their items when items are added, moved and edited elsewhere', () => {
  const keys = fitKeys([], 3)
  expect(keys).toEqual([0, 1, 2])
  expect(insertKey(keys, 1)).toEqual([0, 3, 1, 2])
  expect(moveKey(keys, 0, 2)).toEqual([1, 2, 0])
  expect(fitKeys([2, 0], 3)).toEqual([2, 0, 5])
  expect(new Set(fitKeys([5, 1], 4)).size).toBe(4)
  expect(fitKeys([2, 0, 1], 2)).toEqual([2, 0])
})
