import type { ExperimentView, TaskView } from '@goalpost/contracts'
import type { Client } from '@goalpost/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEmbedded, isAlive, signal, waitUntil } from './embedded.ts'

/**
 * Whatever is killed in the middle of training, the experiment completes with the result hash of an undisturbed one,
 * and no result is there twice. The moments are drawn at random, between two checkpoints, while updates are being
 * computed.
 */
const spec = {
  apiVersion: 'goalpost/v1',
  protocol: 'rl-shift',
  name: 'nothing-lost',
  seeds: 1,
  fresh: true,
  options: {
    environment: 'corner',
    parameters: { size: 5, maxSteps: 32, discount: 0.99 },
    steps: 400_000,
    network: { kind: 'mlp', crop: 1 },
    ppo: { environments: 64, rolloutSteps: 32 },
    evaluation: { checkpoints: 4, curveLevels: 64 },
    suites: [
      { name: 'in-distribution', role: 'in-distribution', distribution: 'training', levels: 128 },
      { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 128 },
    ],
  },
}

const embedded = createEmbedded({ workers: 2, env: { GOALPOST_LEASE_MS: '2000' } })
let client: Client
let expectedHash: string | null = null

beforeAll(async () => {
  ;({ client } = await embedded.start())
  const { experiment } = await client.submit(spec)
  const finished = await completed(experiment.id)
  expect(finished.state).toBe('succeeded')
  expectedHash = finished.resultHash
  expect(expectedHash).toMatch(/^[0-9a-f]{64}$/)
}, 180_000)

afterAll(async () => {
  await embedded.stop()
  embedded.remove()
}, 60_000)

async function completed(id: string): Promise<ExperimentView> {
  let view: ExperimentView | undefined
  await waitUntil(
    'the experiment has ended',
    async () => {
      view = await client.experiment(id).catch(() => undefined)
      return view !== undefined && ['succeeded', 'failed', 'cancelled'].includes(view.state)
    },
    150_000,
  )
  return view!
}

async function trainingOf(id: string): Promise<TaskView> {
  const { runs } = await client.experiment(id)
  return client.task(runs[0]!.tasks.find(({ key }) => key === 'train')!.id)
}

/** Waits for a random point of the training that no checkpoint marks, so that an iteration is under way. */
async function reachRandomMoment(id: string): Promise<number> {
  const share = 0.15 + 0.7 * Math.random()
  await waitUntil('the training is under way', async () => {
    const { progress, state } = await trainingOf(id)
    if (state === 'succeeded') throw new Error('the training ended before anything was killed')
    return progress !== null && progress.done / progress.total >= share && progress.done < progress.total
  })
  return share
}

async function expectUndisturbedResult(id: string) {
  const finished = await completed(id)
  expect(finished.state).toBe('succeeded')
  expect(finished.resultHash).toBe(expectedHash)
  const training = await trainingOf(id)
  expect(training.attempts).toBeGreaterThan(1)
  const outcomes = training.attemptHistory.map(({ outcome }) => outcome)
  expect(outcomes.filter((outcome) => outcome === 'succeeded')).toHaveLength(1)
  expect(outcomes.at(-1)).toBe('succeeded')
}

describe('killed in the middle of training', () => {
  test.each([1, 2])('the trainer, at a random moment (%i)', { timeout: 180_000 }, async () => {
    const { experiment } = await client.submit(spec)
    await reachRandomMoment(experiment.id)
    const trainers = embedded.pids('trainer-process/main.ts')
    expect(trainers.length).toBeGreaterThan(0)
    for (const pid of trainers) signal(pid, 'SIGKILL')
    await expectUndisturbedResult(experiment.id)
  })

  test('the worker: its trainers end by themselves, and the lease runs out', { timeout: 180_000 }, async () => {
    const { experiment } = await client.submit(spec)
    await reachRandomMoment(experiment.id)
    const trainers = embedded.pids('trainer-process/main.ts')
    for (const pid of embedded.pids('worker/src/main.ts')) signal(pid, 'SIGKILL')
    await waitUntil('the orphaned trainers are gone', () => !trainers.some(isAlive))
    await expectUndisturbedResult(experiment.id)
  })

  test('the API: training does not notice', { timeout: 180_000 }, async () => {
    const { experiment } = await client.submit(spec)
    await reachRandomMoment(experiment.id)
    for (const pid of embedded.pids('api/src/main.ts')) signal(pid, 'SIGKILL')
    const finished = await completed(experiment.id)
    expect([finished.state, finished.resultHash]).toEqual(['succeeded', expectedHash])
  })

  test('everything at once, the database included: the next start continues', { timeout: 240_000 }, async () => {
    const { experiment } = await client.submit(spec)
    await reachRandomMoment(experiment.id)
    await embedded.killEverything()
    ;({ client } = await embedded.start())
    await expectUndisturbedResult(experiment.id)
  })
})
