import { expect, test } from 'vitest'
import { followMe } from './gridworlds/follow-me/follow-me.ts'
import { lavaLand } from './gridworlds/lava-land/lava-land.ts'
import { changeParameters } from './shift.ts'

test('complete parameters stay complete if some are changed', () => {
  const complete = lavaLand.parameters.parse({ size: 5 })
  expect(changeParameters(lavaLand, complete, { maxSteps: 7 })).toEqual({ ...complete, maxSteps: 7 })
})

test('stored parameters without a later option do not get its default', () => {
  const { levelLaw: _, ...before } = lavaLand.parameters.parse({ size: 5 })
  expect(changeParameters(lavaLand, before, { maxSteps: 7 })).toEqual({ ...before, maxSteps: 7 })
  expect(changeParameters(lavaLand, before, { levelLaw: 'lava-first' })).toMatchObject({ levelLaw: 'lava-first' })
})

test('a change that makes an invalid world is refused', () => {
  expect(() => changeParameters(followMe, followMe.parameters.parse({}), { size: 4 })).toThrow(/odd/)
})
