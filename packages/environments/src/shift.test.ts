import { expect, test } from 'vitest'
import { followMe } from './gridworlds/follow-me/follow-me.ts'
import { lavaLand } from './gridworlds/lava-land/lava-land.ts'
import { changeParameters } from './shift.ts'

test('parameters that are complete stay so where some are changed', () => {
  const complete = lavaLand.parameters.parse({ size: 5 })
  expect(changeParameters(lavaLand, complete, { maxSteps: 7 })).toEqual({ ...complete, maxSteps: 7 })
})

test('what parameters did not say when they were stored is not said for them now', () => {
  const { levelLaw: _, ...before } = lavaLand.parameters.parse({ size: 5 })
  expect(changeParameters(lavaLand, before, { maxSteps: 7 })).toEqual({ ...before, maxSteps: 7 })
  expect(changeParameters(lavaLand, before, { levelLaw: 'lava-first' })).toMatchObject({ levelLaw: 'lava-first' })
})

test('a change that makes no world is refused', () => {
  expect(() => changeParameters(followMe, followMe.parameters.parse({}), { size: 4 })).toThrow(/odd/)
})
