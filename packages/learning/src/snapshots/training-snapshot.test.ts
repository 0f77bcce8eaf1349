import { environments, sampleMixture, type Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { encodeSnapshot } from './sections.ts'
import { encodeTrainingSnapshot, parseTrainingSnapshot, type TrainingSnapshot } from './training-snapshot.ts'

const batch = 3

function played(name: string): { world: Simulator<unknown>; fresh: Simulator<unknown>; levels: unknown[] } {
  const environment = environments.get(name)!
  const parameters = environment.parameters.parse({})
  const stream = createStream(5)
  const levels = Array.from({ length: batch }, (_, i) =>
    sampleMixture({ environment, parameters, alpha: 0 }, stream, i),
  )
  const [world, fresh] = [0, 1].map(() => environment.createSimulator(parameters, batch))
  levels.forEach((level, i) => world.reset(i, level, i))
  for (let step = 0; step < 7; step++) world.step(Uint8Array.from(levels, (_, i) => (step + i) % 4))
  return { world, fresh, levels }
}

const snapshotOf = (simulator: readonly Uint8Array[]): TrainingSnapshot => ({
  iteration: 2,
  rollouts: 2,
  optimizer: { updates: 4, firstMoment: Float32Array.of(1), secondMoment: Float32Array.of(2) },
  ledger: {
    simulator,
    episodes: new Int32Array(batch),
    running: new Float64Array(3 * batch),
    levels: Uint8Array.of(7),
  },
  memory: null,
})

test('slots with states of different lengths are restored', () => {
  const snapshot = snapshotOf([Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(4)])
  expect(parseTrainingSnapshot(encodeTrainingSnapshot(snapshot))).toEqual(snapshot)
})

test.each(['corner', 'keys', 'lava-land', 'follow-me', 'goal-cycle', 'monster-world', 'tree-gridworld'])(
  'a snapshot of %s from before states were bytes resumes at the same state',
  (name) => {
    const { world, fresh, levels } = played(name)
    const { optimizer, ledger, iteration } = snapshotOf([])
    // The old format: one array of words, equally many for every slot.
    const words = new Int32Array(Uint8Array.from(world.saveState().flatMap((bytes) => [...bytes])).buffer)
    const { firstMoment, secondMoment, updates } = optimizer
    const { episodes, running, levels: source } = ledger
    const old = encodeSnapshot({
      kind: 'ppo-training',
      meta: { iteration, updates },
      sections: { firstMoment, secondMoment, simulator: words, episodes, running, levels: source },
    })
    fresh.restoreState(levels, parseTrainingSnapshot(old).ledger.simulator)
    expect(fresh.observations).toEqual(world.observations)
    expect(fresh.saveState()).toEqual(world.saveState())
  },
)
