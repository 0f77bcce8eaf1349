import { environments } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createSimulatorFor, openSuite, playSuite } from '../../worlds/run/suite.ts'
import { watchDecisions } from './watch-decisions.ts'

const playable = openSuite(
  {
    name: 'shifted',
    environment: 'corner',
    parameters: environments.get('corner')!.parameters.parse({ size: 3, maxSteps: 4 }) as never,
    levelsFrom: { distribution: 'non-distinguishing' },
    levels: 6,
    seed: 5,
  },
  null,
)

/** Stays against a wall; its distribution says which step it is. */
async function watch({ batch = 6, hasCritic = true, episodesPerLevel = 2 }) {
  const simulator = createSimulatorFor(playable, batch)
  const policy = {
    act: (_: Uint8Array, actions: Uint8Array) => void actions.fill(0),
    distribution(slot: number, into: Float64Array) {
      into.fill(1 / 3)
      into[0] = (simulator.steps[slot] ?? 0) / 10
    },
    ...(hasCritic ? { value: (slot: number) => (simulator.steps[slot] ?? 0) / 7 } : {}),
  }
  const decisions = watchDecisions({ actions: 4, policy, episodesPerLevel, levels: 5 })
  await playSuite(playable, {
    simulator,
    policy,
    episodesPerLevel,
    uniform: createStream(0),
    onDecision: decisions.onDecision,
    yieldToEventLoop: () => Promise.resolve(),
  })
  return decisions
}

test('keeps the distribution and the value of every step, before it is taken', async () => {
  const decisions = await watch({})
  expect(decisions.on(0, 2)).toEqual({
    probabilities: [
      [0, 0.3333, 0.3333, 0.3333],
      [0.1, 0.3333, 0.3333, 0.3333],
    ],
    values: [0, 0.1429],
  })
})

test('is of the first episode on each of the first levels, in whatever order they are played', async () => {
  const [wide, narrow] = [await watch({ batch: 6 }), await watch({ batch: 1 })]
  for (let level = 0; level < 6; level++) expect(narrow.on(level, 99)).toEqual(wide.on(level, 99))
  expect(wide.on(4, 99).probabilities.length).toBeLessThanOrEqual(4)
  expect(wide.on(5, 99).probabilities).toEqual([])
})

test('has no values where the policy has no critic', async () => {
  expect((await watch({ hasCritic: false })).on(0, 9)).not.toHaveProperty('values')
})
