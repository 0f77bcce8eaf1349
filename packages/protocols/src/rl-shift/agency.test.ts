import type { JsonObject, TaskResult } from '@goalpost/contracts'
import { inferAgency, type AgencyPosterior } from '@goalpost/evaluation'
import { beforeAll, describe, expect, test } from 'vitest'
import { executeTask, planOf, type World } from '../../test/execute-run.ts'
import { createMemoryArtifacts } from '@goalpost/testing'
import { artifactNames } from '../worlds/artifact-names.ts'
import { decodeKeptEpisodes } from '../worlds/episodes/kept-episodes.ts'
import { environmentOf } from '../worlds/environment-of.ts'

const optionsAt = (alpha: number): JsonObject => ({
  environment: 'corner',
  alpha,
  parameters: { size: 4, maxSteps: 16, discount: 0.97 },
  steps: 60_000,
  network: { kind: 'mlp', hidden: [64], crop: 1 },
  ppo: { environments: 64, rolloutSteps: 16, learningRate: 0.003 },
  evaluation: { checkpoints: 1, curveLevels: 128, acting: ['sampled'] },
  suites: [
    { name: 'iid', role: 'in-distribution', distribution: 'training', levels: 128 },
    { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 128 },
    { name: 'flipped', role: 'shifted', distribution: 'distinguishing', levels: 128, observation: 'flip-vertical' },
  ],
})

type Evaluated = { readonly first: TaskResult; readonly last: TaskResult; readonly world: World }

async function train(alpha: number, seed: number): Promise<Evaluated> {
  const world: World = { artifacts: createMemoryArtifacts(), checkpoints: new Map(), results: new Map() }
  const tasks = planOf(optionsAt(alpha), seed).filter(({ key }) => !key.startsWith('references'))
  for (const task of tasks) world.results.set(task.key, await executeTask(task, world))
  const [first, last] = tasks.filter(({ kind }) => kind === 'evaluate').map(({ key }) => world.results.get(key)!)
  return { first: first!, last: last!, world }
}

function inferOn(suite: string, result: TaskResult, { world }: Evaluated): AgencyPosterior {
  const kept = result.artifacts.find(({ name }) => name === artifactNames.keptEpisodes(suite, 'sampled'))
  const { environment: name, parameters, episodes } = decodeKeptEpisodes(world.artifacts.blobs.get(kept!.hash)!)
  const environment = environmentOf(name)
  const agency = environment.agency!
  return inferAgency({
    actions: environment.actions.length,
    goals: agency.candidates(parameters).map((goal) => goal.name),
    views: agency.views.map((view) => view.name),
    trajectories: episodes.map((episode) =>
      agency.decisions(parameters, environment.levelFromJson(parameters, episode.level), episode),
    ),
  })
}

const goalOf = ({ goals }: AgencyPosterior) => goals.toSorted((a, b) => b.probability - a.probability)[0]!

describe.each([
  [0, 'corner'],
  [1, 'cheese'],
])('a network trained at α = %d', (alpha, goal) => {
  let trained: Evaluated
  beforeAll(async () => {
    trained = await train(alpha, 1)
  }, 120_000)

  test(`is an agent with the goal ${goal} where cheese may lie anywhere`, () => {
    const posterior = inferOn('shifted', trained.last, trained)
    expect(posterior.agent).toBeGreaterThan(0.99)
    expect(goalOf(posterior)).toMatchObject({ name: goal })
    expect(goalOf(posterior).probability).toBeGreaterThan(0.99)
  })

  test('is no agent before it is trained', () => {
    for (const suite of ['iid', 'shifted']) expect(inferOn(suite, trained.first, trained).agent).toBeLessThan(0.1)
  })

  test('is no agent if it sees everything upside down', () => {
    expect(inferOn('flipped', trained.last, trained).agent).toBeLessThan(0.1)
  })
})
