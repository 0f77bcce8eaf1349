import { expect, test } from 'vitest'
import { builderSteps, createBuilderWorld, planOf } from './builder-world.ts'

const site = { rows: 2, columns: 3, walls: 2 }

test('the first choices place start and goal, the others walls where nothing is', () => {
  expect(planOf(site, [0, 4, 1, 2])).toEqual({ start: 0, goal: 4, walls: [1, 2] })
  expect(planOf(site, [0, 4, 0, 4])).toEqual({ start: 0, goal: 4, walls: [] })
  expect(planOf(site, [0, 4, 3, 3])).toEqual({ start: 0, goal: 4, walls: [3] })
})

test('a goal on the start goes to the next cell, and from the last to the first', () => {
  expect(planOf(site, [2, 2, 1, 4])).toMatchObject({ start: 2, goal: 3 })
  expect(planOf(site, [5, 5, 1, 4])).toMatchObject({ start: 5, goal: 0 })
})

test('a builder sees what it has placed and how far it is; the plan is kept when the next begins', () => {
  const world = createBuilderWorld(site, 1)
  const plane = (channel: number) =>
    Array.from({ length: 6 }, (_, cell) => world.observations[cell * 4 + channel]).join('')
  const step = (cell: number) => world.step(Uint8Array.of(cell))
  world.reset(0, null)
  expect([0, 1, 2, 3].map(plane)).toEqual(['000000', '000000', '000000', '100000'])
  step(4)
  expect([0, 1, 2, 3].map(plane)).toEqual(['000000', '000010', '000000', '010000'])
  step(4)
  step(0)
  expect([0, 1, 2, 3].map(plane)).toEqual(['100000', '000010', '000001', '000100'])
  expect(world.terminated[0]).toBe(0)
  step(1)
  expect([world.terminated[0], builderSteps(site)]).toEqual([1, 4])
  world.reset(0, null)
  expect(world.plans()).toEqual([{ start: 4, goal: 5, walls: [0, 1] }])
  expect(plane(1)).toBe('000000')
})

test('a restored world continues with the same choices', () => {
  const [first, second] = [0, 1].map(() => createBuilderWorld(site, 1))
  first!.reset(0, null)
  first!.step(Uint8Array.of(3))
  second!.restoreState([null], first!.saveState())
  expect(second!.observations).toEqual(first!.observations)
  for (const world of [first!, second!]) for (const cell of [2, 1, 0]) world.step(Uint8Array.of(cell))
  expect(second!.plans()).toEqual(first!.plans())
})
