import { expect, test } from 'vitest'
import { corner } from './gridworlds/corner/corner.ts'
import { dish } from './gridworlds/dish/dish.ts'
import { observeThrough } from './observe-through.ts'
import { findHidden } from './visible-object.ts'

const parameters = corner.parameters.parse({ size: 3 })
const spec = corner.observation(parameters)
const level = corner.parseLevel(parameters, '#####\n#..c#\n#.#.#\n#@..#\n#####')

function start(transform: 'flip-vertical' | undefined, batch = 2) {
  const inner = corner.createSimulator(parameters, batch)
  const simulator = observeThrough(inner, spec, transform)
  for (let i = 0; i < batch; i++) simulator.reset(i, level)
  return { inner, simulator }
}

const plane = (observations: Uint8Array, slot: number, channel: number) =>
  Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 5 }, (_, column) => observations[((slot * 5 + row) * 5 + column) * 3 + channel]).join(''),
  )

test('flipped vertically, up is down, left stays left, and the world itself does not change', () => {
  const { inner, simulator } = start('flip-vertical')
  simulator.step(Uint8Array.of(0, 3))
  for (const slot of [0, 1])
    for (const channel of [0, 1, 2])
      expect(plane(simulator.observations, slot, channel)).toEqual(
        plane(inner.observations, slot, channel).toReversed(),
      )
  expect(plane(simulator.observations, 0, 1)).toEqual(['00000', '00000', '01000', '00000', '00000'])
  expect(plane(simulator.observations, 1, 1)).toEqual(['00000', '00100', '00000', '00000', '00000'])
  expect([...simulator.steps]).toEqual([1, 1])
})

test('a reset and a restored state are also transformed; oracles bypass the transform', () => {
  const { inner, simulator } = start('flip-vertical')
  simulator.step(Uint8Array.of(0, 0))
  simulator.reset(1, level)
  expect(plane(simulator.observations, 1, 1)).toEqual(plane(inner.observations, 1, 1).toReversed())
  const other = start('flip-vertical').simulator
  other.restoreState([level, level], simulator.saveState())
  expect(other.observations).toEqual(simulator.observations)
  const oracle = corner.createReference('true-oracle', parameters, other, () => level)
  const actions = new Uint8Array(2)
  for (let step = 0; step < 4; step++) {
    oracle.act(actions, () => 0)
    other.step(actions)
  }
  expect([...other.goalRewards[0]]).toEqual([0, 1])
})

test('without a transform nothing is wrapped', () => {
  const { inner, simulator } = start(undefined)
  expect(simulator).toBe(inner)
})

test('hidden channels are blank after a reset, a step and a restored state, and the rest is unchanged', () => {
  const inner = corner.createSimulator(parameters, 2)
  const simulator = observeThrough(inner, spec, { hide: ['cheese'] })
  const expectHidden = () => {
    for (const slot of [0, 1]) {
      expect(plane(simulator.observations, slot, 2)).toEqual(Array.from({ length: 5 }, () => '00000'))
      for (const channel of [0, 1])
        expect(plane(simulator.observations, slot, channel)).toEqual(plane(inner.observations, slot, channel))
    }
    expect(plane(inner.observations, 1, 2)).toContain('00010')
  }
  for (const slot of [0, 1]) simulator.reset(slot, level)
  expectHidden()
  simulator.step(Uint8Array.of(0, 3))
  expectHidden()
  simulator.restoreState([level, level], simulator.saveState())
  expectHidden()
})

test('hiding accepts objects, with all their channels, and channels; other names are unknown', () => {
  const parameters = dish.parameters.parse({ dishes: 2 })
  expect(findHidden(dish, parameters, ['dish', 'wall', 'fork'])).toEqual({
    channels: ['wall', 'dish 1', 'dish 2'],
    unknown: ['fork'],
  })
  expect(() =>
    observeThrough(dish.createSimulator(parameters, 1), dish.observation(parameters), { hide: ['dish'] }),
  ).toThrow(RangeError)
})
