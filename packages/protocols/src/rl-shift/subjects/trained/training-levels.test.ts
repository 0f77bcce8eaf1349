import { expect, test } from 'vitest'
import { environmentOf } from '../../../worlds/environment-of.ts'
import { goalModuleLevels, levelsLearnedFrom, trainingLevels } from './training-levels.ts'

const corner = environmentOf('corner')
const drawn = {
  environment: 'corner',
  parameters: corner.parameters.parse({ size: 5 }) as Record<string, number>,
  alpha: 0,
  levels: 'fresh',
} as const
const modular = { kind: 'modular', goalLevels: 10, pointing: 'goal', sign: 'shown' } as const

/** Share of 400 levels on which cheese and corner differ. */
function sharesOf(levelOf: ((index: number) => unknown) | null): number {
  const levels = Array.from({ length: 400 }, (_, index) => levelOf!(index))
  return levels.filter((level) => String(corner.goalPlace!(level)) !== '1,1').length / levels.length
}

test('a goal module learns from its own share of distinguishing levels, which others do not see', () => {
  expect(sharesOf(goalModuleLevels({ ...drawn, method: { ...modular, goalAlpha: 1 } }, 3))).toBeGreaterThan(0.9)
  expect(sharesOf(goalModuleLevels({ ...drawn, method: { ...modular, goalAlpha: 0.25 } }, 3))).toBeCloseTo(0.25, 1)
  expect(sharesOf(trainingLevels(drawn, 3))).toBe(0)
})

test('without a share of its own it has that of the training, on levels of its own', () => {
  const given = { ...drawn, alpha: 0.5 }
  const own = goalModuleLevels({ ...given, method: modular }, 3)!
  expect(sharesOf(own)).toBeCloseTo(0.5, 1)
  const played = trainingLevels(given, 3)
  const equal = Array.from({ length: 100 }, (_, index) => JSON.stringify(own(index)) === JSON.stringify(played(index)))
  expect(equal.filter(Boolean)).toEqual([])
})

test('the levels of a goal module are drawn again by their numbers, those that were played by slots', () => {
  const first = (levelOf: (index: number) => unknown, ...indices: number[]) => indices.map(levelOf)
  const again = levelsLearnedFrom({ ...drawn, goalModule: { alpha: 0.25, count: 3 } }, { seed: 3, slots: [] })
  expect([...again]).toEqual(
    first(goalModuleLevels({ ...drawn, method: { ...modular, goalAlpha: 0.25 } }, 3)!, 0, 1, 2),
  )
  expect([...levelsLearnedFrom(drawn, { seed: 3, slots: [2, 1] })]).toEqual(first(trainingLevels(drawn, 3), 0, 1, 2))
})

test('other methods have no goal module', () => {
  expect(goalModuleLevels({ ...drawn, method: undefined }, 3)).toBeNull()
})
