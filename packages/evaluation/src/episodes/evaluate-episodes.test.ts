import type { Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test, vi } from 'vitest'
import { corridor, type CorridorLevel } from '../../test/corridor.ts'
import { type BatchPolicy, createReferencePolicy } from './batch-policy.ts'
import { evaluateEpisodes } from './evaluate-episodes.ts'
import type { OutcomeTable } from './outcome-table.ts'

const goals = corridor.goals
const parameters = { maxSteps: 12, discount: 0.5 }
const levels: readonly CorridorLevel[] = [
  { length: 5, start: 2, proxy: 1 },
  { length: 5, start: 4, proxy: 5 },
  { length: 3, start: 0, proxy: 2 },
]

type Play = {
  readonly policy: BatchPolicy<CorridorLevel>
  readonly batch: number
  readonly episodes?: number
  readonly onDecision?: (slot: number, cell: number) => void
}

function play({ policy, batch, episodes = 1, onDecision }: Play, played = levels): Promise<OutcomeTable> {
  return evaluateEpisodes({
    simulator: corridor.createSimulator(parameters, batch),
    levels: played,
    goals,
    discount: parameters.discount,
    policy,
    episodesPerLevel: episodes,
    uniform: createStream(3).named('actions'),
    ...(onDecision === undefined ? {} : { onDecision }),
  })
}

const always = (action: number): BatchPolicy => ({ act: (_, actions) => void actions.fill(action) })
const coin: BatchPolicy = {
  act(_observations, actions, uniform) {
    for (let slot = 0; slot < actions.length; slot++) actions[slot] = Math.floor(uniform(slot) * 2)
  },
}

test('returns are discounted by γ^(d − 1), and outcomes are recorded per level', async () => {
  const table = await play({ policy: always(1), batch: 2 })
  expect([...table.goals[0].returns]).toEqual([0.25, 1, 0.25])
  expect([...table.goals[1].returns]).toEqual([0, 1, 0.5])
  expect([...table.lengths]).toEqual([3, 1, 3])
  expect([...table.goals[0].reached]).toEqual([1, 1, 1])
  expect([...table.goals[1].reached]).toEqual([0, 1, 1])
  expect([...table.terminated]).toEqual([1, 1, 1])
  expect([...table.truncated]).toEqual([0, 0, 0])
})

test('an episode that reaches the step limit is truncated, not terminated', async () => {
  const table = await play({ policy: always(0), batch: 3 })
  expect([...table.lengths]).toEqual([12, 12, 12])
  expect([...table.terminated]).toEqual([0, 0, 0])
  expect([...table.truncated]).toEqual([1, 1, 1])
  expect([...table.goals[1].reached]).toEqual([1, 0, 0])
})

/** A simulator that counts the lowest bits of its seed, and its steps. */
function countSeeds(batch: number): Simulator<CorridorLevel> {
  const simulator = corridor.createSimulator(parameters, batch)
  const counters = new Int32Array(2 * batch)
  return {
    ...simulator,
    counters,
    reset(slot, level, seed = 0) {
      counters[2 * slot] = seed & 0xffff
      counters[2 * slot + 1] = 0
      simulator.reset(slot, level)
    },
    step(actions) {
      simulator.step(actions)
      for (let slot = 0; slot < batch; slot++) counters[2 * slot + 1]++
    },
  }
}

test('an episode has its own seed, for any batch and policy, and its counters are kept', async () => {
  const seeds = createStream(5)
  const counterNames = ['seed', 'steps']
  const shared = { levels, goals, discount: 1, episodesPerLevel: 2, seeds, counterNames }
  const count = async (batch: number, policy: BatchPolicy<CorridorLevel>) =>
    evaluateEpisodes({ ...shared, simulator: countSeeds(batch), policy, uniform: createStream(batch) })
  const [one, other] = [await count(4, always(1)), await count(1, always(0))]
  const column = ({ counters }: OutcomeTable, index: number) => [...counters].filter((_, i) => i % 2 === index)
  expect(column(one, 0)).toEqual([0, 1, 2].flatMap((l) => [0, 1].map((e) => seeds.word(l, e) & 0xffff)))
  expect(column(other, 0)).toEqual(column(one, 0))
  expect(column(one, 1)).toEqual([...one.lengths])
})

test('a proxy that is a state is averaged over the steps of the episode, undiscounted', async () => {
  const simulator = corridor.createSimulator(parameters, 2)
  const table = await evaluateEpisodes({
    simulator,
    levels,
    discount: 0.5,
    episodesPerLevel: 1,
    goals: [goals[0], { ...goals[1], aggregate: 'mean' }],
    policy: always(1),
    uniform: createStream(1),
  })
  expect([...table.goals[1].returns]).toEqual([0, 1, 1 / 3].map(Math.fround))
  expect([...table.goals[0].returns]).toEqual([0.25, 1, 0.25])
})

test('outcomes of a random policy depend neither on the batch nor on the order of episodes', async () => {
  const many = Array.from({ length: 40 }, (_, i) => levels[i % 3])
  const whole = await play({ policy: coin, batch: 64, episodes: 3 }, many)
  for (const batch of [1, 7]) expect(await play({ policy: coin, batch, episodes: 3 }, many)).toEqual(whole)
  // Chance did matter: equal levels had unequal episodes.
  expect(new Set(whole.lengths).size).toBeGreaterThan(3)
})

test('more episodes per level do not change the first ones', async () => {
  const few = await play({ policy: coin, batch: 2, episodes: 1 })
  const many = await play({ policy: coin, batch: 2, episodes: 4 })
  expect([0, 1, 2].map((level) => many.lengths[level * 4])).toEqual([...few.lengths])
})

test('numbers of one step do not depend on how many earlier steps drew', async () => {
  const seen: number[][] = []
  const greedyDrawer = (draws: number): BatchPolicy => ({
    act(_observations, actions, uniform) {
      seen.push(Array.from({ length: draws }, () => uniform(0)))
      actions.fill(1)
    },
  })
  await play({ policy: greedyDrawer(1), batch: 1 }, [levels[0]])
  const first = seen.splice(0)
  await play({ policy: greedyDrawer(3), batch: 1 }, [levels[0]])
  expect(seen.map(([number]) => number)).toEqual(first.map(([number]) => number))
  expect(new Set(seen.flat()).size).toBe(9)
})

test('a policy’s batch always has the same shape, also when few episodes are left', async () => {
  const shapes = new Set<string>()
  const policy: BatchPolicy = {
    async act(observations, actions) {
      shapes.add(`${observations.length} ${actions.length}`)
      actions.fill(1)
    },
  }
  await play({ policy, batch: 5 })
  expect([...shapes]).toEqual(['5 5'])
})

test('reference policies learn the level of their slot and reach their goals', async () => {
  const simulator = corridor.createSimulator(parameters, 2)
  const policy = createReferencePolicy(corridor, parameters, { name: 'true-oracle', simulator })
  const shared = { simulator, levels, goals, discount: 0.5, episodesPerLevel: 1, uniform: createStream(1) }
  expect([...(await evaluateEpisodes({ ...shared, policy })).goals[0].returns]).toEqual([0.25, 1, 0.25])
})

test('the event loop may turn in between, and its rejection ends the evaluation', async () => {
  const yieldToEventLoop = vi.fn(() => Promise.reject(new Error('cancelled')))
  const simulator = corridor.createSimulator(parameters, 2048)
  const shared = { simulator, levels, goals, discount: 0.5, episodesPerLevel: 1, uniform: createStream(1) }
  await expect(evaluateEpisodes({ ...shared, policy: always(0), yieldToEventLoop })).rejects.toThrow('cancelled')
  expect(yieldToEventLoop).toHaveBeenCalledTimes(1)
})

test('no levels give an empty table, and invalid requests are refused', async () => {
  expect((await play({ policy: coin, batch: 2 }, [])).goals[0].returns).toHaveLength(0)
  await expect(play({ policy: coin, batch: 2, episodes: 0 })).rejects.toThrow(RangeError)
})

test.each([1, 2, 5, 16])(
  'in a batch of %i every decision of an episode is reported once, and padding is not',
  async (batch) => {
    const told: number[] = []
    const table = await play({ policy: coin, batch, episodes: 2, onDecision: (_slot, cell) => void told.push(cell) })
    const expected = [...table.lengths].flatMap((steps, cell) => Array.from({ length: steps }, () => cell))
    expect(told.toSorted((one, other) => one - other)).toEqual(expected)
    expect(await play({ policy: coin, batch, episodes: 2 })).toEqual(table)
  },
)
