import { createMemoryArtifacts, createMemoryTaskContext } from '@goalpost/testing'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createSimulatorFor, openSuite, playSuite } from '../../worlds/run/suite.ts'
import { decodeCritic } from '../critic-values.ts'
import { watchCritic } from './watch-critic.ts'

const world = (environment: string, parameters: Record<string, number> = {}) =>
  openSuite(
    { name: 'shifted', environment, parameters, levelsFrom: { distribution: 'permeable-wall' }, levels: 64, seed: 5 },
    null,
  )

const assignment: Parameters<typeof createMemoryTaskContext>[0] = {
  taskId: '01900000-0000-7000-8000-000000000000',
  protocol: 'rl-shift',
  key: 'evaluate@1',
  kind: 'evaluate',
  seed: 0,
  inputs: {},
  resources: { engine: 'auto', threads: 1, device: 'cpu' },
  resume: null,
  dependencies: [],
}

/** Runs and jumps to the right; its critic says how many steps were taken. */
async function watch(batch: number) {
  const parameters = { difficulty: 2, maxSteps: 80, discount: 0.99, ledges: 0 }
  const playable = world('coinrun', { ...parameters, walkers: false, view: 'symbolic' } as never)
  const simulator = createSimulatorFor(playable, batch)
  const policy = {
    act: (_: Uint8Array, actions: Uint8Array) => void actions.fill(5),
    value: (slot: number) => simulator.steps[slot],
  }
  const critic = watchCritic({ playable, simulator, policy, episodesPerLevel: 1 })!
  await playSuite(playable, {
    simulator,
    policy,
    episodesPerLevel: 1,
    uniform: createStream(0),
    onDecision: critic.onDecision,
    yieldToEventLoop: () => Promise.resolve(),
  })
  const artifacts = createMemoryArtifacts()
  const stored = await critic.store(createMemoryTaskContext(assignment, { artifacts }))
  return { stored, places: decodeCritic(await artifacts.read(stored.hash)) }
}

test('keeps the mean value at the first decision at each place, from the start to beyond the end', async () => {
  const { stored, places } = await watch(64)
  expect(stored).toMatchObject({ name: 'critic/shifted', evidence: true })
  const at = (place: number) => places.find((one) => one.place === place)
  // Half a cell a step at most, so that an agent that is farther has taken more steps.
  expect(at(-2)!.value).toBeLessThan(at(2)!.value)
  expect(at(2)!.value).toBeLessThan(at(10)!.value)
  expect(at(2)!.episodes).toBeLessThanOrEqual(64)
  expect(at(2)!.episodes).toBeGreaterThan(0)
  expect(places.every(({ place }) => place >= -20 && place <= 14)).toBe(true)
})

test('does not depend on how many episodes are played side by side', async () => {
  expect((await watch(3)).places).toEqual((await watch(64)).places)
})

test('is nothing where the policy has no critic', () => {
  const playable = world('coinrun', { difficulty: 1 } as never)
  const simulator = createSimulatorFor(playable, 1)
  expect(watchCritic({ playable, simulator, policy: {}, episodesPerLevel: 1 })).toBeNull()
})
