import { stay, type Environment, type ReferenceName } from '@goalpost/environments'
import { createKeyedUniform } from '@goalpost/random'
import { createTally, type PlayedEpisode } from './replay.ts'

/** Steps played of a continuing world. */
const maxContinuingSteps = 1000

export type ReferenceEpisode<Level> = { readonly name: ReferenceName; readonly level: Level; readonly seed?: number }

/** One episode of a reference policy. Level, seed, name and parameters determine it, including chance. */
export function playReference<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  { name, level, seed = 0 }: ReferenceEpisode<Level>,
): PlayedEpisode {
  return createPlayer(environment, parameters, { name, level })(seed)
}

/** Plays episodes of one level, by their seed. */
function createPlayer<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  { name, level }: Omit<ReferenceEpisode<Level>, 'seed'>,
): (seed: number) => PlayedEpisode {
  const simulator = environment.createSimulator(parameters, 1)
  const reference = environment.createReference(name, parameters, simulator, () => level)
  const chance = createKeyedUniform('reference-actions')
  const actions = Uint8Array.of(stay)
  const steps = Math.min(environment.horizon(parameters).maxSteps, maxContinuingSteps)
  return (seed) => {
    simulator.reset(0, level, seed)
    const tally = createTally(environment, parameters)
    let running = true
    for (let step = 0; step < steps && running; step++) {
      let draw = 0
      reference.act(actions, () => chance(seed, step, draw++))
      simulator.step(actions)
      tally.add(actions[0], simulator)
      running = simulator.terminated[0] === 0 && simulator.truncated[0] === 0
    }
    return tally.outcome()
  }
}

/**
 * Whether the goals differ: each oracle earns more of its own goal than the other does. If episodes differ by chance,
 * the means over `episodes` seeds are compared.
 */
export function goalsPart<Parameters, Level>(
  environment: Environment<Parameters, Level>,
  parameters: Parameters,
  level: Level,
  episodes = environment.stochastic ? 16 : 1,
): boolean {
  const [goal, proxy] = (['true-oracle', 'proxy-oracle'] as const).map((name) =>
    Array.from({ length: episodes }, (_, seed) => seed).map(createPlayer(environment, parameters, { name, level })),
  )
  const total = (played: readonly PlayedEpisode[], index: 0 | 1) =>
    played.reduce((sum, { returns }) => sum + returns[index], 0)
  return total(goal, 0) > total(proxy, 0) && total(proxy, 1) > total(goal, 1)
}
