import type { JsonObject } from '@goalpost/contracts'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import { isHeldOut } from '../../../held-out-places.ts'
import { rlShift } from '../../../index.ts'
import type { TrainInputs } from '../train-task.ts'
import { instructorFor } from './instructor.ts'

/** What a training is given by its plan. */
function inputsOf(environment: string, method: JsonObject): TrainInputs {
  const resolution = rlShift.resolve({ environment, parameters: { size: 4 }, steps: 8192, method })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const task = rlShift.plan(resolution.options, 0).find(({ key }) => key === 'train')
  return task!.inputs as unknown as TrainInputs
}

/** A level of training, and where 200 draws move its goal. */
function movedIn(environment: string, method: JsonObject) {
  const inputs = inputsOf(environment, method)
  const instructor = instructorFor(inputs)!
  const random = createStream(5)
  const { distributions } = environmentOf(environment)
  const level = distributions[0].sample(inputs.parameters, random.named('level').at(0))
  const moved = Array.from({ length: 200 }, (_, i) => instructor.moveGoal(level, random.at(i)))
  return { level, moved, places: moved.map(instructor.placeOf) }
}

test('goals are moved anywhere but to places that are held out', () => {
  const held = movedIn('corner', { kind: 'goal-conditioned' }).places
  expect(held.some(isHeldOut)).toBe(false)
  // Of 16 cells four are held out, and the mouse is in one.
  expect(new Set(held.map(String)).size).toBeGreaterThanOrEqual(11)
  const all = movedIn('corner', { kind: 'goal-conditioned', holdOut: false }).places
  expect(new Set(all.map(String)).size).toBe(15)
})

test('the navigation module of modular is told every place', () => {
  expect(new Set(movedIn('corner', { kind: 'modular' }).places.map(String)).size).toBe(15)
})

test('in dish the dish stays where it is', () => {
  const { level, moved, places } = movedIn('dish', { kind: 'goal-conditioned' })
  const dishOf = (one: unknown) => (one as { readonly dish: number }).dish
  expect(new Set(moved.map(dishOf))).toEqual(new Set([dishOf(level)]))
  expect(new Set(places.map(String)).size).toBeGreaterThan(8)
})

test('other methods have no instructor', () => {
  expect(instructorFor(inputsOf('corner', { kind: 'ppo' }))).toBeNull()
})
