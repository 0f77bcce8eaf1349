import { createEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createCorridorSimulator, type CorridorLevel } from '../../../test/corridor.ts'
import { walk } from '../../../test/method-conformance.ts'
import { smallOptions } from '../../../test/train-corridor.ts'
import { createPolicy } from '../../acting/policy.ts'
import { modulesOf } from '../../snapshots/modular-snapshot.ts'
import { parsePolicySnapshot, type PolicySnapshot } from '../../snapshots/policy-snapshot.ts'
import { createModularMethod, type ModularOptions } from './modular-method.ts'

const usual: ModularOptions = { goalLevels: 200, pointing: 'goal', sign: 'shown' }
const starts = createStream(6)
const startOf = (index: number) => 1 + starts.at(index).integer(5)
/** The goal is at the left end in every level, as the proxy is. */
const confounded = (index: number): CorridorLevel => ({ start: startOf(index), goal: 0 })
/** At either end. */
const telling = (index: number): CorridorLevel => ({ start: startOf(index), goal: (index % 2) * 6 })

async function train(options: Partial<ModularOptions>, goalLevelOf: (index: number) => CorridorLevel, iterations = 25) {
  const method = createModularMethod(smallOptions, { ...usual, ...options })
  const training = await walk(method, { levelOf: confounded, goalLevelOf })
  let last = await training.iterate()
  for (let i = 1; i < iterations; i++) last = await training.iterate()
  const snapshot = parsePolicySnapshot((await training.save()).policy)
  training.dispose()
  return { last, snapshot, modules: modulesOf(snapshot)! }
}

/** Share of the episodes that reach the goal at the right end, and the left end instead. */
async function play(snapshot: PolicySnapshot) {
  const policy = await createPolicy(await createEngine('tfjs:wasm'), snapshot, 5)
  const simulator = createCorridorSimulator(5)
  const [reached, left] = [new Uint8Array(5), new Uint8Array(5)]
  for (let slot = 0; slot < 5; slot++) simulator.reset(slot, { start: 1 + slot, goal: 6 })
  const actions = new Uint8Array(5)
  for (let step = 0; step < 10; step++) {
    await policy.greedy.act(simulator.observations, actions, () => 0)
    simulator.step(actions)
    for (let slot = 0; slot < 5; slot++) {
      reached[slot] |= simulator.goalRewards[0][slot]!
      left[slot] |= simulator.goalRewards[1][slot]!
    }
  }
  const share = (flags: Uint8Array) => flags.reduce((sum, one) => sum + one, 0) / 5
  return { goal: share(reached), proxy: share(left) }
}

test.each(['shown', 'hidden'] as const)(
  'another goal module changes which goal is pursued, and the navigation module stays the same to the bit: sign %s',
  async (sign) => {
    const [one, other] = [await train({ sign }, confounded), await train({ sign }, telling)]
    expect(await play(one.snapshot)).toEqual({ goal: 0, proxy: 1 })
    expect(await play(other.snapshot)).toEqual({ goal: 1, proxy: 0 })
    expect(one.modules.navigator).toEqual(other.modules.navigator)
    expect(one.modules.goal.parameters).not.toEqual(other.modules.goal.parameters)
    // The navigation module reaches whichever end it is told.
    expect(one.last.episodes.return).toBeGreaterThan(0.9)
  },
)

test('a goal module that was taught the goal points right in new levels; taught anything, it does not', async () => {
  const rightIn = ({ last }: Awaited<ReturnType<typeof train>>) =>
    Number(last.series['goal-module accuracy on new levels'])
  expect(rightIn(await train({}, telling))).toBe(1)
  const random = await train({ pointing: 'random' }, telling)
  expect(rightIn(random)).toBeLessThan(0.7)
  expect(Number(random.last.series['loss of the goal module'])).toBeGreaterThan(0.4)
})

test('the goal module is examined on levels that it does not learn from', async () => {
  const asked: number[] = []
  await train({ goalLevels: 20 }, (index) => (asked.push(index), telling(index)), 1)
  expect(asked).toEqual(Array.from({ length: 20 + 256 }, (_, index) => index))
})

test('a navigation module that is not shown the sign does what it did where the sign is hidden', async () => {
  const { snapshot } = await train({ sign: 'hidden' }, confounded, 2)
  if (snapshot.network.kind !== 'modular') throw new Error('it has no modules')
  expect(snapshot.network.unseen).toBe(1)
  // The goal module is blind here: it points at the same cells in both, so that only the navigator could see the sign.
  const { length } = modulesOf(snapshot)!.goal.parameters
  const blind = { ...snapshot, parameters: snapshot.parameters.slice().fill(0, 0, length) }
  const policy = await createPolicy(await createEngine('tfjs:wasm'), blind, 2)
  const simulator = createCorridorSimulator(2)
  simulator.reset(0, { start: 3, goal: 0 })
  simulator.reset(1, { start: 3, goal: 6 })
  const output = await policy.evaluate(simulator.observations)
  expect(output.slice(0, 3)).toEqual(output.slice(3))
  const shown = { ...blind, network: { ...snapshot.network, unseen: null } }
  const seeing = await createPolicy(await createEngine('tfjs:wasm'), shown, 2)
  const seen = await seeing.evaluate(simulator.observations)
  expect(seen.slice(0, 3)).not.toEqual(seen.slice(3))
})

test('is refused with a memory, and in a world whose goals have no place', async () => {
  const method = createModularMethod(smallOptions, usual)
  const mlp = { kind: 'mlp', hidden: [8], activation: 'relu', crop: 0 } as const
  await expect(walk(method, { network: { kind: 'lstm', trunk: mlp, width: 8 } })).rejects.toThrow('without memory')
  await expect(walk(method, { instructor: null })).rejects.toThrow('modular needs goals with a place')
})
