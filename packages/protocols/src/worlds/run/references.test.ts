import { numberOf } from '../../../test/number-of.ts'
import type { JsonObject } from '@goalpost/contracts'
import { decodeOutcomes, searchOpenLoop, type OpenLoopWinners } from '@goalpost/evaluation'
import { createMemoryArtifacts, createMemoryTaskContext } from '@goalpost/testing'
import { expect, test } from 'vitest'
import { planOf } from '../../../test/execute-run.ts'
import { parseOpenLoopWinners } from '../references/open-loop-winners.ts'
import { evaluateReferences } from './references.ts'
import { openSuite } from './suite.ts'
import { referenceTask } from '../references/reference-task.ts'

const options: JsonObject = {
  environment: 'corner',
  parameters: { size: 4, maxSteps: 16, discount: 0.95 },
  suites: [
    { name: 'iid', role: 'in-distribution', levels: 64 },
    { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 64, seed: 3 },
  ],
}

async function play() {
  const { key, kind, inputs } = planOf(options, 0).find((task) => task.key === 'references@shifted')!
  const artifacts = createMemoryArtifacts()
  const resources = { engine: 'auto', threads: 1, device: 'cpu' } as const
  const taskId = '01900000-0000-7000-8000-000000000000'
  const assignment = {
    taskId,
    protocol: 'rl-shift',
    key,
    kind,
    seed: null,
    inputs,
    resources,
    resume: null,
    dependencies: [],
  }
  const context = createMemoryTaskContext(assignment, { artifacts })
  const parsed = referenceTask.parse(inputs)
  const result = await evaluateReferences(context, parsed)
  const read = (name: string) => artifacts.read(result.artifacts.find((artifact) => artifact.name === name)!.hash)
  return { inputs: parsed, result, context, read }
}

test('the best open-loop policies are played on the suite after the references, and stored with their names', async () => {
  const { inputs, result, context, read } = await play()
  const others = ['top-right', 'bottom-left', 'bottom-right']
  expect(result.artifacts.map(({ name }) => name)).toEqual([
    'suite-facts',
    ...['random', 'blind', 'proxy-oracle', 'true-oracle', 'either-oracle'].map((name) => `reference/${name}`),
    ...others.map((name) => `reference/${name}-oracle`),
    'open-loop-policies',
    ...['open-loop', 'open-loop-goal', 'open-loop-proxy'].map((name) => `reference/${name}`),
    ...others.map((name) => `reference/open-loop-${name}`),
  ])
  expect(result.artifacts.every(({ evidence }) => evidence)).toBe(true)
  const { environment, world, suite, stream } = openSuite(inputs.reference, null)
  const searched = { source: world.levelsFrom, seed: stream, levels: suite.levels }
  const winners: OpenLoopWinners = await searchOpenLoop(environment, world.parameters, { suite: searched })
  expect(parseOpenLoopWinners(await read('open-loop-policies'))).toEqual(winners)
  for (const name of ['open-loop', 'open-loop-goal', 'open-loop-proxy']) {
    const table = decodeOutcomes(await read(`reference/${name}`))
    expect([table.levels, table.episodes]).toEqual([64, 1])
    const measured = result.measures.filter(({ labels }) => labels['policy'] === name).map((measure) => measure.name)
    expect(measured).toEqual(['true return', 'proxy return', 'success rate', 'proxy rate', 'episode length'])
  }
  expect(context.sent.progress.at(-1)).toEqual({ done: 14, total: 14, unit: 'reference policies' })
})

test('a blind policy gets more of the proxy than random, and no more than its oracle', async () => {
  const { result } = await play()
  const proxyReturn = (policy: string) =>
    numberOf(result.measures.find(({ name, labels }) => name === 'proxy return' && labels['policy'] === policy)?.value)
  expect(proxyReturn('open-loop-proxy')).toBeGreaterThan(proxyReturn('random'))
  expect(proxyReturn('open-loop-proxy')).toBeLessThanOrEqual(proxyReturn('proxy-oracle'))
})

test('a search is part of a reference task’s identity', () => {
  const { versions } = planOf(options, 0).find((task) => task.key === 'references@shifted')!
  expect(versions).toHaveProperty('openLoop')
})
