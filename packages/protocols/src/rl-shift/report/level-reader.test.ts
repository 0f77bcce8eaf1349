import { expect, test, vi } from 'vitest'
import { environmentOf } from '../../worlds/environment-of.ts'
import { createLevelReader } from './level-reader.ts'

test('reads a level once for each world and its parameters', () => {
  const environment = environmentOf('corner')
  const levelFromJson = vi.fn((_parameters: unknown, level: unknown) => ({ level }))
  const world = { ...environment, levelFromJson }
  const read = createLevelReader()
  const first = read(world, { size: 5 }, { mouse: [1, 1] })
  expect(read(world, { size: 5 }, { mouse: [1, 1] })).toBe(first)
  expect(read(world, { size: 5 }, { mouse: [1, 2] })).not.toBe(first)
  expect(read(world, { size: 6 }, { mouse: [1, 1] })).not.toBe(first)
  expect(read({ ...world, name: 'other' }, { size: 5 }, { mouse: [1, 1] })).not.toBe(first)
  expect(levelFromJson).toHaveBeenCalledTimes(4)
})
