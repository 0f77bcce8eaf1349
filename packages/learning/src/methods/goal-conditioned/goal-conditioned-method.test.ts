import { createEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createCorridorSimulator, type CorridorLevel } from '../../../test/corridor.ts'
import { corridorInstructor, walk } from '../../../test/method-conformance.ts'
import { smallOptions } from '../../../test/train-corridor.ts'
import { createPolicy } from '../../acting/policy.ts'
import { tellPolicy } from '../../acting/told-goal.ts'
import { parsePolicySnapshot, type PolicySnapshot } from '../../snapshots/policy-snapshot.ts'
import { createGoalConditionedMethod } from './goal-conditioned-method.ts'
import { instructSimulator } from './instruct-simulator.ts'

const view = { shape: [1, 7, 2], channel: 1 } as const
/** Agent, shown goal and told goal, one line each. */
const draw = (observations: Uint8Array) =>
  [0, 1, 2].map((channel) => Array.from({ length: 7 }, (_, cell) => observations[cell * 3 + channel]).join(''))

test('the told place is rewarded, the sign is shown at the other', () => {
  const simulator = instructSimulator(createCorridorSimulator(1), view)
  simulator.reset(0, { level: { start: 5, goal: 6 }, rewarded: [0, 6], told: [0, 6], shown: [0, 0] })
  expect(draw(simulator.observations)).toEqual(['0000010', '1000000', '0000001'])
  simulator.step(Uint8Array.of(1))
  expect(simulator.goalRewards[0][0]).toBe(1)
  simulator.reset(0, { level: { start: 5, goal: 6 }, rewarded: [0, 6], told: null, shown: [0, 6] })
  expect(draw(simulator.observations)).toEqual(['0000010', '0000001', '0000000'])
})

test('restored episodes show the same', () => {
  const level = { level: { start: 3, goal: 6 }, rewarded: [0, 6], told: [0, 1], shown: [0, 0] } as const
  const [first, second] = [0, 1].map(() => instructSimulator(createCorridorSimulator(1), view))
  first!.reset(0, level)
  first!.step(Uint8Array.of(0))
  second!.restoreState([level], first!.saveState())
  expect(second!.observations).toEqual(first!.observations)
})

/** Shows the goal at the left end in every level. */
const levelOf = (index: number): CorridorLevel => ({ start: 1 + createStream(6).at(index).integer(5), goal: 0 })

test('learns to follow the instruction against the sign; with instructions that agree, are shuffled or missing it does not', async () => {
  const trained = async (elsewhere: number, instruction: 'told' | 'shuffled' | 'none' = 'told') => {
    const method = createGoalConditionedMethod(smallOptions, { elsewhere, instruction })
    const training = await walk(method, { levelOf })
    for (let i = 0; i < 25; i++) await training.iterate()
    return parsePolicySnapshot((await training.save()).policy)
  }
  expect(await playTold(await trained(0.5))).toBe(1)
  expect(await playTold(await trained(0))).toBe(0)
  // The same rewards, with an instruction that says nothing of them.
  expect(await playTold(await trained(0.5, 'shuffled'))).toBe(0)
  expect(await playTold(await trained(0.5, 'none'))).toBe(0)
})

/** Share of levels with the told goal at the right end, and the sign at the left, that end there. */
async function playTold(snapshot: PolicySnapshot): Promise<number> {
  const policy = await createPolicy(await createEngine('tfjs:wasm'), snapshot, 5)
  const simulator = instructSimulator(createCorridorSimulator(5), view)
  const actions = new Uint8Array(5)
  for (let slot = 0; slot < 5; slot++)
    simulator.reset(slot, { level: { start: 1 + slot, goal: 6 }, rewarded: [0, 6], told: [0, 6], shown: [0, 0] })
  const reached = new Uint8Array(5)
  for (let step = 0; step < 10; step++) {
    await policy.greedy.act(simulator.observations, actions, () => 0)
    simulator.step(actions)
    for (let slot = 0; slot < 5; slot++) reached[slot] |= simulator.goalRewards[0][slot]!
  }
  return reached.reduce((sum, one) => sum + one, 0) / 5
}

test('a world without places of goals is refused', async () => {
  const method = createGoalConditionedMethod(smallOptions, { elsewhere: 0.5, instruction: 'told' })
  await expect(walk(method, { instructor: null })).rejects.toThrow('needs goals with a place')
})

test('in a world without instructions a policy is told the goal of the level', async () => {
  const seen: string[][] = []
  const policy = {
    act: async (observations: Uint8Array) => void seen.push(draw(observations)),
    distribution() {},
    begin() {},
  }
  const told = tellPolicy<CorridorLevel>(policy, { shape: [1, 7, 2], placeOf: corridorInstructor.placeOf })
  const simulator = createCorridorSimulator(1)
  simulator.reset(0, { start: 2, goal: 6 })
  told.begin(0, { start: 2, goal: 6 })
  await told.act(simulator.observations, new Uint8Array(1), () => 0)
  expect(seen).toEqual([['0010000', '0000001', '0000001']])
})
