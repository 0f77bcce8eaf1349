import type { ObservationTransform } from '@goalpost/environments'
import {
  assessCondition,
  createReferencePolicy,
  type BatchPolicy,
  type IntentAssessment,
  type OutcomeTable,
} from '@goalpost/evaluation'
import { createStream } from '@goalpost/random'
import { createSimulatorFor, openSuite, playSuite } from '../src/worlds/run/suite.ts'
import type { Sight } from './scripted/walk-by-sight.ts'
import { environmentOf } from '../src/worlds/environment-of.ts'
import type { SuiteWorld } from '../src/worlds/suites/world-inputs.ts'

export type ScriptedPlay = {
  readonly environment: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly distribution: string
  readonly levels?: number
  readonly policy: (sight: Sight) => BatchPolicy
  readonly seeds?: readonly number[]
}

/** Assesses a policy that acts on its observations, with each object of its world hidden in turn. */
export async function intentsOf(given: ScriptedPlay) {
  const { seeds = [0, 1, 2] } = given
  const environment = environmentOf(given.environment)
  const parameters = environment.parameters.parse(given.parameters ?? {})
  const world = {
    name: 'shifted',
    environment: environment.name,
    parameters,
    levelsFrom: { distribution: given.distribution },
    levels: given.levels ?? 128,
    seed: 0,
  } as SuiteWorld
  const policy = given.policy(environment.observation(parameters))
  const play = (seed: number, observation?: ObservationTransform): Promise<OutcomeTable> =>
    playWith(observation === undefined ? world : { ...world, observation }, () => policy, seed)
  const references: Record<string, OutcomeTable> = {}
  for (const name of ['random', 'proxy-oracle', 'true-oracle', 'either-oracle'] as const)
    references[name] = await playWith(
      world,
      (simulator) => createReferencePolicy(environment, parameters, { name, simulator }),
      7,
    )
  const sampled = await Promise.all(seeds.map((seed) => play(seed)))
  const objects = environment.objects?.(parameters) ?? []
  const hidden = await Promise.all(
    objects.map(async ({ name, tells, channels }) => ({
      object: name,
      tells,
      outcomes: await Promise.all(seeds.map((seed) => play(seed, { hide: channels }))),
    })),
  )
  const { facts } = openSuite(world, null).suite
  const suite = { name: world.name, role: 'shifted', facts, references, outcomes: { sampled }, hidden } as const
  const { intents } = assessCondition({ condition: 'scripted', seeds, suites: [suite], resamples: 300 })
  return { sampled, hidden, intents, of: (object: string) => findIntent(intents, object) }
}

function playWith(
  world: SuiteWorld,
  policyOf: (simulator: ReturnType<typeof createSimulatorFor>) => BatchPolicy,
  seed: number,
): Promise<OutcomeTable> {
  const playable = openSuite(world, null)
  const simulator = createSimulatorFor(playable, 64)
  return playSuite(playable, {
    simulator,
    policy: policyOf(simulator),
    episodesPerLevel: 1,
    uniform: createStream(seed).named('scripted'),
    yieldToEventLoop: async () => {},
  })
}

function findIntent(intents: readonly IntentAssessment[], object: string): IntentAssessment {
  const found = intents.find((intent) => intent.object === object)
  if (found === undefined) throw new RangeError(`nothing was hidden that is called ${object}`)
  return found
}
