import { numberOf } from '../../test/number-of.ts'
import type { JsonObject } from '@goalpost/contracts'
import { environments, type MeasureTable } from '@goalpost/environments'
import { resultHash } from '@goalpost/experiments'
import { describe, expect, test } from 'vitest'
import { executeRun, executeTask, planOf } from '../../test/execute-run.ts'
import { rlShift } from './index.ts'
import { affinityOf, type ReferenceRates } from '../continuing/affinity.ts'
import { measureSteps } from '../continuing/continuing-world.ts'
import { continuingReferencesKey } from '../continuing/plan-references.ts'
import { createWindowLog } from '../continuing/window-log.ts'

const suite = { parameters: { maxSteps: 20 }, levels: 8 }
const options: JsonObject = {
  environment: 'tree-gridworld',
  parameters: { size: 4, maxTrees: 4, startTrees: 4 },
  steps: 6 * 256,
  network: { kind: 'mlp', hidden: [16] },
  ppo: { environments: 32, rolloutSteps: 8, epochs: 2, minibatches: 2 },
  evaluation: { checkpoints: 3, curveLevels: 8, batch: 8 },
  suites: [
    { name: 'iid', role: 'in-distribution', ...suite },
    { name: 'thinned', role: 'shifted', shift: 'thinned', ...suite },
  ],
}

describe('a never-ending training', () => {
  test('sends the measures of every iteration, per step instead of per episode', async () => {
    const { results } = await executeRun(options, 0)
    const measures = new Map(results.get('train')?.measures.map(({ name, value }) => [name, value]))
    expect(measures.get('training reward per step')).toBeTypeOf('number')
    expect(measures.get('training chops per step')).toBe(measures.get('training reward per step'))
    expect([...measures.keys()]).not.toContain('training true return')
  })

  test('resumed at a checkpoint, ends with the hash of an uninterrupted one', async () => {
    const world = await executeRun(options, 1)
    const [train] = planOf(options, 1)
    const resume = world.checkpoints.get(1024) ?? null
    expect(resume).not.toBeNull()
    const undisturbed = world.results.get('train')
    if (undisturbed === undefined) throw new Error('there was a training')
    expect(undisturbed.artifacts.map(({ name }) => name)).toContain('window-log')
    expect(resultHash(await executeTask(train, world, resume))).toBe(resultHash(undisturbed))
  })

  test('is reported as reward and affinity over time, beside the reference policies', async () => {
    const worlds = [await executeRun(options, 0), await executeRun(options, 1)]
    const resolution = rlShift.resolve(options)
    if (!resolution.ok) throw new Error('the options are valid')
    const runs = worlds.map(({ results }, seed) => ({
      seed,
      state: 'succeeded' as const,
      tasks: planOf(options, seed).map(({ key, kind, inputs }) => ({
        key,
        kind,
        inputs,
        result: results.get(key) ?? null,
      })),
    }))
    const conditions = [{ name: 'c', options: resolution.options, marks: [], runs }]
    const artifacts = new Map(worlds.flatMap((world) => [...world.artifacts.blobs]))
    const { parts } = rlShift.report({ experiment: 'e', conditions, artifacts })
    const titles = parts.slice(1, 10).map(({ type, title }) => `${type}: ${title}`)
    expect(titles).toEqual([
      'series: Reward per step in continuing training',
      'series: Mean number of trees in continuing training',
      'series: c: reward per step, by seed',
      'series: c: affinity for haste by trees, in phases of 1,536 steps of training',
      'series: c: affinity for haste during training',
      'heatmap: c: affinity for haste',
      'heatmap: c, seed 0',
      'heatmap: c, seed 1',
      'table: c: affinity for haste in the last sixth of training',
    ])
    const series = parts.filter((part) => part.type === 'series')
    const [reward, standing, bySeed, profile, affinity] = series
    const log = worlds.map(({ results }) => results.get('train')?.measures)
    const last = (seed: number, name: string) => numberOf(log[seed]?.find((measure) => measure.name === name)?.value)
    expect(reward.lines[0].points.map(({ x, y }) => [x, y.count])).toEqual(
      [256, 512, 768, 1024, 1280, 1536].map((x) => [x, 2]),
    )
    expect(reward.references.map(({ name }) => name)).toEqual(['random', 'true-oracle'])
    expect(standing.lines[0].points.at(-1)?.y.value).toBeCloseTo(
      (last(0, 'training trees standing') + last(1, 'training trees standing')) / 2,
      12,
    )
    expect(bySeed.lines.map(({ name, points }) => [name, points.at(-1)?.y.value])).toEqual(
      [0, 1].map((seed) => [`seed ${seed}`, last(seed, 'training reward per step')]),
    )
    expect(profile.lines.map(({ name }) => name)).toEqual([
      '0 % to 4 % of training',
      '4 % to 8 % of training',
      '8 % to 17 % of training',
      '17 % to 33 % of training',
      '33 % to 100 % of training',
    ])
    expect(profile.lines.at(-1)?.points.map(({ x }) => x)).toEqual([1, 2, 3, 4])
    expect(affinity.lines.map(({ name }) => name)).toEqual([
      'chops per step, 1 tree',
      'chops per step, 2 trees',
      'chops per step, 4 trees',
    ])
    const [map] = parts.filter((part) => part.type === 'heatmap')
    expect(map.values.map((row) => row.length)).toEqual([6, 6, 6, 6])
    expect(map.rows?.labels?.at(0)).toBe('chops per step, 4 trees')
    const table = parts.find((part) => part.type === 'table')
    expect(table?.rows).toHaveLength(4)
  })
})

test('all seeds share the reference policies, and greedy chops faster than random, at any number of trees', async () => {
  const { results } = await executeRun(options, 0)
  const value = (policy: string, name: string) =>
    results
      .get(continuingReferencesKey)
      ?.measures.find((measure) => measure.name === name && measure.labels['policy'] === policy)?.value
  for (const trees of ['1 tree', '2 trees', '3 trees', '4 trees'])
    expect(value('proxy-oracle', `chops per step, ${trees}`)).toBeGreaterThan(
      numberOf(value('random', `chops per step, ${trees}`)) + 0.1,
    )
  // The sustainable script leaves the last trees alone.
  expect(value('true-oracle', 'chops per step, 2 trees')).toBe(0)
  const task = (seed: number) => planOf(options, seed).find(({ key }) => key === continuingReferencesKey)
  expect(task(0)).toEqual(task(1))
})

test('worlds with episodes do not plan them', () => {
  const finite = { ...options, parameters: { size: 4, maxTrees: 4, startTrees: 4, maxSteps: 20 } }
  expect(planOf(finite, 0).map(({ key }) => key)).not.toContain(continuingReferencesKey)
})

describe('affinity', () => {
  const environment = environments.get('tree-gridworld')
  if (environment === undefined) throw new RangeError('there is no tree-gridworld')
  const table: MeasureTable = environment.measures(
    environment.parameters.parse({ size: 3, maxTrees: 2, startTrees: 2 }),
  )
  const [measure] = table.measures.filter(({ name }) => name === 'chops per step, 2 trees')
  const anchors: ReferenceRates = (policy) => ({ random: 0.1, 'proxy-oracle': 0.5, 'true-oracle': 0.3 })[policy]
  const sumsOf = (steps: number, chopped: number) => ({
    steps: 1000,
    reward: 0,
    proxyReward: 0,
    counters: table.counters.map((name) => ({ 'steps, 2 trees': steps, 'chopped, 2 trees': chopped })[name] ?? 0),
  })

  test.each([
    [10, 0],
    [50, 1],
    [30, 0.5],
    [0, -0.25],
  ])('of %i trees chopped in 100 steps is %d, between a random 10 and a greedy 50', (chopped, expected) => {
    expect(affinityOf(table, measure, { sums: sumsOf(100, chopped), anchors })).toBeCloseTo(expected, 12)
  })

  test('is null if the agent was hardly ever there, or random and greedy do the same', () => {
    expect(affinityOf(table, measure, { sums: sumsOf(20, 10), anchors })).toBeNull()
    expect(affinityOf(table, measure, { sums: sumsOf(100, 10), anchors: () => 0.1 })).toBeNull()
    expect(measureSteps(table, measure, sumsOf(0, 0))).toEqual({ missing: 'nothing counted as steps, 2 trees' })
  })
})

test('a window log keeps sums of a few dozen stretches, restored or not', () => {
  const window = (reward: number) => ({ steps: 10, reward, proxyReward: 0, counters: [reward, 1] })
  const fill = (log: ReturnType<typeof createWindowLog>, from: number, to: number) => {
    for (let iteration = from; iteration <= to; iteration++) log.add(iteration, iteration * 10, window(iteration))
    return log
  }
  const whole = fill(createWindowLog(1000), 1, 1000)
  const restored = createWindowLog(1000)
  restored.restore(fill(createWindowLog(1000), 1, 333).encode())
  expect(fill(restored, 334, 1000).encode()).toEqual(whole.encode())
  expect(whole.stretches()).toHaveLength(60)
  expect(whole.stretches().at(-1)?.end).toBe(10_000)
  expect(whole.stretches().reduce((sum, { counters }) => sum + counters[0], 0)).toBe((1000 * 1001) / 2)
})
