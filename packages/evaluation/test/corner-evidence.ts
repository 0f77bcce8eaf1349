import { type Simulator } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import {
  type AnchorName,
  createOpenLoopPolicy,
  createReferencePolicy,
  createSuite,
  evaluateEpisodes,
  searchOpenLoop,
  type BatchPolicy,
  type OutcomeTable,
} from '../src/index.ts'
import type { SuiteEvidence, SuiteRole } from '../src/index.ts'
import { environmentNamed } from './environment-named.ts'

export const corner = environmentNamed('corner')
export const parameters = corner.parameters.parse({ size: 5, maxSteps: 32, discount: 0.99 })
const batch = 128

/** Shares of the episodes in which a made-up policy follows an oracle; in the rest it acts at random. */
export type Habit = { readonly goal: number; readonly proxy: number; readonly slips: number }

/** Every slot draws an oracle at the start of an episode, and sometimes takes a random action. */
function createHabit(simulator: Simulator<unknown>, { goal, proxy, slips }: Habit, seed: number): BatchPolicy {
  const names = ['true-oracle', 'proxy-oracle', 'random'] as const
  const parts = names.map((name) => createReferencePolicy(corner, parameters, { name, simulator }))
  const wanted = parts.map(() => new Uint8Array(batch))
  const followed = new Uint8Array(batch)
  const random = createStream(seed).named('habit').at(0)
  return {
    begin(slot, level) {
      const drawn = random.uniform()
      followed[slot] = drawn < goal ? 0 : drawn < goal + proxy ? 1 : 2
      for (const part of parts) part.begin?.(slot, level)
    },
    act(observations, actions, uniform) {
      for (const [index, part] of parts.entries()) void part.act(observations, wanted[index], uniform)
      for (let slot = 0; slot < batch; slot++) actions[slot] = wanted[uniform(slot) < slips ? 2 : followed[slot]][slot]
    },
  }
}

/** Plays habits (one per seed) and all reference policies on a suite of 5 × 5 corner levels. */
export async function playCorner(
  { name, role, distribution, levels }: { name: string; role: SuiteRole; distribution: string; levels: number },
  habits: readonly Habit[],
): Promise<SuiteEvidence> {
  const suite = createSuite(corner, parameters, { source: { distribution }, levels, seed: 1 })
  const play = (choose: (simulator: Simulator<unknown>) => BatchPolicy, seed: number): Promise<OutcomeTable> => {
    const simulator = corner.createSimulator(parameters, batch)
    const { discount } = corner.horizon(parameters)
    const uniform = createStream(seed).named('actions')
    return evaluateEpisodes({
      simulator,
      levels: suite.levels,
      goals: corner.goals,
      discount,
      policy: choose(simulator),
      episodesPerLevel: 1,
      uniform,
    })
  }
  const references: Record<AnchorName, OutcomeTable> = {}
  for (const reference of ['random', 'blind', 'proxy-oracle', 'true-oracle', 'either-oracle'] as const)
    references[reference] = await play(
      (simulator) => createReferencePolicy(corner, parameters, { name: reference, simulator }),
      1,
    )
  const winners = await searchOpenLoop(corner, parameters, {
    suite: { source: { distribution }, seed: 1, levels: suite.levels },
  })
  const blind = {
    'open-loop': winners.capability,
    'open-loop-goal': winners.goal,
    'open-loop-proxy': winners.proxy,
  }
  for (const [anchor, winner] of Object.entries(blind))
    references[anchor as AnchorName] = await play((simulator) => createOpenLoopPolicy(winner, simulator), 1)
  const sampled: OutcomeTable[] = []
  for (const [seed, habit] of habits.entries())
    sampled.push(await play((simulator) => createHabit(simulator, habit, seed), 100 + seed))
  return { name, role, facts: suite.facts, references, outcomes: { sampled }, goals: corner.goals }
}
