import { jsonObject, type JsonObject } from '@goalpost/contracts'
import { changeParameters, findHidden, type Environment, type ObservationTransform } from '@goalpost/environments'
import { environmentOf } from '../environment-of.ts'
import type { Suite } from './suite-options.ts'
import type { SuiteWorld } from './world-inputs.ts'

/** The parts of a condition that determine the worlds of its suites. */
export type TrainingWorld = { readonly environment: string; readonly parameters: JsonObject; readonly alpha: number }

export function suiteWorld(options: TrainingWorld, suite: Suite): SuiteWorld {
  const environment = environmentOf(options.environment)
  const parameters = jsonObject.parse(changeParameters(environment, options.parameters, suite.parameters))
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

/** Replaces objects with channels, so that a task lists everything hidden from its policy. */
function seenThrough(environment: Environment, parameters: unknown, given: ObservationTransform): ObservationTransform {
  return typeof given === 'string' ? given : { hide: findHidden(environment, parameters, given.hide).channels }
}
