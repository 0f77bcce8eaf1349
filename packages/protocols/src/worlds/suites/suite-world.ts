import type { JsonObject } from '@goalpost/contracts'
import { changeParameters, findHidden, type Environment, type ObservationTransform } from '@goalpost/environments'
import { environmentOf } from '../environment-of.ts'
import type { Suite } from './suite-options.ts'

/** The world of one suite, in full: equal worlds have equal hashes, whichever condition they belong to. */
export type SuiteWorld = {
  readonly name: string
  readonly environment: string
  readonly parameters: JsonObject
  /** Share of levels from the environment's second distribution, or the name of the only one. */
  readonly levelsFrom: { readonly alpha: number } | { readonly distribution: string }
  readonly levels: number
  /** Of a secret suite: the hash of the salt, and the levels of the whole suite, of which curves play the first ones. */
  readonly seed: number | { readonly secret: string; readonly levels: number }
  /** Of what is hidden, the channels. */
  readonly observation?: ObservationTransform
}

/** What of a condition decides the worlds of its suites. */
export type TrainingWorld = {
  readonly environment: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly alpha: number
}

export function suiteWorld(options: TrainingWorld, suite: Suite): SuiteWorld {
  const environment = environmentOf(options.environment)
  const parameters = changeParameters(environment, options.parameters, suite.parameters) as JsonObject
  return {
    name: suite.name,
    environment: environment.name,
    parameters,
    levelsFrom: suite.distribution === 'training' ? { alpha: options.alpha } : { distribution: suite.distribution },
    levels: suite.levels,
    seed: typeof suite.seed === 'number' ? suite.seed : { ...suite.seed, levels: suite.levels },
    ...(suite.observation === undefined
      ? {}
      : { observation: seenThrough(environment, parameters, suite.observation) }),
  }
}

/** Objects become channels, so that a task says in full what its policy does not see. */
function seenThrough(environment: Environment, parameters: unknown, given: ObservationTransform): ObservationTransform {
  return typeof given === 'string' ? given : { hide: findHidden(environment, parameters, given.hide).channels }
}
