import { environments } from '@goalpost/environments'
import { createStream, type Rng } from '@goalpost/random'
import { describe, expect, test } from 'vitest'
import { corridor } from '../../test/corridor.ts'
import { playPolicy } from '../../test/play-policy.ts'
import { createReferencePolicy } from '../episodes/batch-policy.ts'
import { canonicalize } from 'json-canonicalize'
import { createSuite, type LevelSource } from '../suites/create-suite.ts'
import { uniformPolicy } from './candidates.ts'
import { createOpenLoopPolicy } from './create-open-loop-policy.ts'
import { drawSearchLevels } from './draw-search-levels.ts'
import type { OpenLoopPolicy } from './open-loop-policy.ts'
import { createOpenLoopScorer } from './score-open-loop.ts'
import { searchOpenLoop } from './search-open-loop.ts'
import { environmentNamed } from '../../test/environment-named.ts'

const small = { size: 5, maxSteps: 32, discount: 0.99 }

function worldOf(name: string, given: object, { levels, seed = 1 }: { levels: number; seed?: number }) {
  const environment = environmentNamed(name)
  const parameters = environment.parameters.parse(given)
  const distribution = (environment.distributions[1] ?? environment.distributions[0]!).name
  const source: LevelSource = { distribution }
  const suite = createSuite(environment, parameters, { source, levels, seed })
  return { environment, parameters, suite, searched: { source, seed, levels: suite.levels } }
}
type World = ReturnType<typeof worldOf>

const search = ({ environment, parameters, searched }: World, batch?: number) =>
  searchOpenLoop(environment, parameters, { suite: searched, ...(batch === undefined ? {} : { batch }) })

/** Per solvable level: a policy's progress towards either goal, and its proxy return. */
async function scoresOf(world: World, policy: OpenLoopPolicy | 'blind') {
  const { environment, parameters, suite } = world
  const { facts } = suite
  const table = await playPolicy(world, (simulator) =>
    policy === 'blind'
      ? createReferencePolicy(environment, parameters, { name: 'blind', simulator })
      : createOpenLoopPolicy(policy, simulator),
  )
  const solvable = suite.levels.map((_, level) => level).filter((level) => facts.solvable[level] === 1)
  const contested = solvable.filter(
    (level) => facts.optimalReturns[0][level]! > 0 && facts.optimalReturns[1][level]! > 0,
  )
  const reachOf = (level: number) =>
    Math.max(
      table.goals[0].returns[level]! / facts.optimalReturns[0][level]!,
      table.goals[1].returns[level]! / facts.optimalReturns[1][level]!,
    )
  return { capability: contested.map(reachOf), proxy: solvable.map((level) => table.goals[1].returns[level]!) }
}

/** By how many standard errors the first exceeds the second, paired by level. */
function pairedZ(first: readonly number[], second: readonly number[]): number {
  const differences = first.map((value, i) => value - second[i]!)
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1)
  return variance === 0 ? 0 : mean / Math.sqrt(variance / differences.length)
}

describe('the search', () => {
  test('finds the known best policy of a corridor: always right', async () => {
    const parameters = { maxSteps: 6, discount: 0.9 }
    const source = { distribution: 'together' }
    const { levels } = createSuite(corridor, parameters, { source, levels: 8, seed: 1 })
    const right = { cycle: [[0, 1]] }
    const suite = { source, seed: 1, levels }
    expect(await searchOpenLoop(corridor, parameters, { suite })).toEqual({
      capability: right,
      goal: right,
      proxy: right,
      further: {},
    })
  })

  test('finds a winner for each objective', async () => {
    // Two steps lead from the last cell to the end, and from nowhere to the flag: of its policies none is better.
    const parameters = { maxSteps: 2, discount: 0.9 }
    const source = { distribution: 'apart' }
    const suite = { source, seed: 1, levels: [] }
    const winners = await searchOpenLoop(corridor, parameters, { suite })
    const right = { cycle: [[0, 1]] }
    expect(winners).toEqual({ capability: right, goal: right, proxy: { cycle: [[0.5, 0.5]] }, further: {} })
  })

  test('finds the one action of fifteen that leads to the goal, without trying all combinations', async () => {
    const key = 11
    let episodes = 0
    const many: typeof corridor = {
      ...corridor,
      actions: Array.from({ length: 15 }, (_, action) => ({ name: `action ${action}`, description: '' })),
      createSimulator(parameters, batch) {
        const simulator = corridor.createSimulator(parameters, batch)
        return Object.assign(Object.create(simulator) as typeof simulator, {
          reset(index: number, level: never) {
            episodes++
            simulator.reset(index, level)
          },
          step: (actions: Uint8Array) => simulator.step(actions.map((action) => (action === key ? 1 : 0))),
        })
      },
    }
    const parameters = { maxSteps: 6, discount: 0.9 }
    const suite = { source: { distribution: 'together' }, seed: 1, levels: [] }
    const winners = await searchOpenLoop(many, parameters, { suite })
    const onlyKey = { cycle: [Array.from({ length: 15 }, (_, action) => (action === key ? 1 : 0))] }
    expect(winners).toEqual({ capability: onlyKey, goal: onlyKey, proxy: onlyKey, further: {} })
    expect(episodes).toBeLessThan(150_000)
  })

  test('has the same winners for any batch', async () => {
    const world = worldOf('corner', small, { levels: 32 })
    const winners = await search(world)
    expect(await search(world)).toEqual(winners)
    expect(await search(world, 7)).toEqual(winners)
    expect(await search(world, 256)).toEqual(winners)
  })

  test.each(['corner', 'monster-world'])('scores a policy of %s by its levels alone, for any batch', async (name) => {
    const { environment, parameters, suite } = worldOf(name, { size: 5, maxSteps: 16 }, { levels: 40 })
    const stages = [suite.levels.slice(0, 15), suite.levels.slice(15)]
    const score = (batch: number) =>
      createOpenLoopScorer({ environment, parameters, stages, batch, stream: createStream(1) }).score(
        [uniformPolicy(4)],
        2,
      )
    const alone = await score(1)
    expect(alone[0]!.capability).toBeGreaterThan(0)
    expect(await score(7)).toEqual(alone)
    expect(await score(64)).toEqual(alone)
  })

  test('searches on other levels than the suite, also in a world with few others', () => {
    const world = worldOf('corner', { size: 3, maxSteps: 12, wallProbability: 0.1 }, { levels: 256 })
    const { environment, parameters, searched } = world
    const textOf = (level: unknown) => canonicalize(environment.levelToJson(level))
    const held = new Set(searched.levels.map(textOf))
    const again = createSuite(environment, parameters, { source: searched.source, levels: 256, seed: 2 })
    expect(again.levels.some((level) => held.has(textOf(level)))).toBe(true)
    const drawn = drawSearchLevels(environment, parameters, { suite: searched, count: 200 })
    expect(drawn.length).toBe(200)
    expect(drawn.filter((level) => held.has(textOf(level)))).toEqual([])
  })

  test("uses the suite's levels where there are no others", () => {
    const parameters = { maxSteps: 6, discount: 0.9 }
    const source = { distribution: 'together' }
    const { levels } = createSuite(corridor, parameters, { source, levels: 100, seed: 1 })
    const drawn = drawSearchLevels(corridor, parameters, { suite: { source, seed: 1, levels }, count: 20 })
    expect(drawn).toHaveLength(20)
  })

  test('refuses a world that is never reset', async () => {
    const world = worldOf('tree-gridworld', { size: 4, startTrees: 2, maxTrees: 3, maxSteps: 8 }, { levels: 2 })
    const parameters = world.environment.parameters.parse({ maxSteps: null })
    await expect(search({ ...world, parameters })).rejects.toThrow(/step limit/)
  })

  test('ends when yielding rejects', async () => {
    const { environment, parameters, searched: suite } = worldOf('corner', small, { levels: 4 })
    const yieldToEventLoop = () => Promise.reject(new Error('cancelled'))
    await expect(searchOpenLoop(environment, parameters, { suite, yieldToEventLoop })).rejects.toThrow('cancelled')
  })
})

describe('the winners', () => {
  test('of corner are at least as good towards the proxy as flipping a coin between up and left', async () => {
    const world = worldOf('corner', small, { levels: 2048 })
    const { proxy } = await search(world)
    const [found, blind] = [await scoresOf(world, proxy), await scoresOf(world, 'blind')]
    expect(pairedZ(found.proxy, blind.proxy)).toBeGreaterThan(-2)
  })

  test.each(['corner', 'dish'])(
    'of %s are not beaten by any of 200 constant distributions and 200 cycles',
    { timeout: 60_000 },
    async (name) => {
      const world = worldOf(name, small, { levels: 512 })
      const winners = await search(world)
      const best = {
        capability: await scoresOf(world, winners.capability),
        proxy: await scoresOf(world, winners.proxy),
      }
      const random = createStream(5).named(name).at(0)
      for (let i = 0; i < 200; i++)
        for (const policy of [drawConstant(random), drawCycle(random)]) {
          const scores = await scoresOf(world, policy)
          // One in 31,000 exceeds 4 by chance; there are 800 here.
          for (const objective of ['capability', 'proxy'] as const)
            expect(pairedZ(scores[objective], best[objective][objective]), JSON.stringify(policy)).toBeLessThan(4)
        }
    },
  )

  const sized = { size: 5, maxSteps: 16 }
  const fitting: Readonly<Record<string, object>> = {
    coinrun: { difficulty: 1, maxSteps: 16 },
    'goal-navigation': { size: 8, maxSteps: 16 },
    keys: { ...sized, few: 2, many: 4 },
    'keys-chests': { ...sized, difficulty: 0 },
    'monster-world': { ...sized, monsters: 2 },
    'tree-gridworld': { ...sized, startTrees: 3, maxTrees: 5 },
  }
  test.each([...environments.keys()])('of %s are distributions over its actions', { timeout: 30_000 }, async (name) => {
    const world = worldOf(name, fitting[name] ?? sized, { levels: 16 })
    const { capability, proxy } = await search(world)
    for (const step of [...capability.cycle, ...proxy.cycle]) {
      expect(step).toHaveLength(world.environment.actions.length)
      expect(step.reduce((sum, probability) => sum + probability)).toBeCloseTo(1, 12)
    }
  })
})

function drawConstant(random: Rng): OpenLoopPolicy {
  const weights = Array.from({ length: 4 }, () => -Math.log(1 - random.uniform()))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return { cycle: [weights.map((weight) => weight / total)] }
}

function drawCycle(random: Rng): OpenLoopPolicy {
  const oneHot = (action: number) => [0, 1, 2, 3].map((candidate) => (candidate === action ? 1 : 0))
  return { cycle: Array.from({ length: 2 + random.integer(7) }, () => oneHot(random.integer(4))) }
}
