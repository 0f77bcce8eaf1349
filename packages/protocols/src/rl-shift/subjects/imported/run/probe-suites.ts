import { drawLevels } from '@goalpost/evaluation'
import { observeThrough } from '@goalpost/environments'
import type { ImportedPolicyOptions } from '@goalpost/learning'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import { suiteStream } from '../../../../worlds/suites/secret-suite.ts'
import type { SuiteWorld } from '../../../../worlds/suites/world-inputs.ts'

const levelsPerSuite = 4
/** Steps between the two observations of an episode. */
const steps = 5

/** Observations that the policy will meet: of a few levels of each suite, at the start and after some steps. */
export function probeSuites(suites: readonly SuiteWorld[], salt: string | null): ImportedPolicyOptions['probe'] {
  const parts = suites.flatMap((world) => observeSuite(world, salt))
  const count = parts.length * levelsPerSuite
  const observations = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    observations.set(part, at)
    at += part.length
  }
  return { observations, count }
}

function observeSuite(world: SuiteWorld, salt: string | null): readonly Uint8Array[] {
  const { parameters, levelsFrom: source } = world
  const environment = environmentOf(world.environment)
  const bare = environment.createSimulator(parameters, levelsPerSuite)
  const simulator = observeThrough(bare, environment.observation(parameters), world.observation)
  // Levels need not be solved to be looked at.
  const seed = suiteStream(world, salt)
  const levels = drawLevels(environment, parameters, { source, levels: levelsPerSuite, seed })
  levels.forEach((level, slot) => simulator.reset(slot, level, slot))
  const start = simulator.observations.slice()
  const actions = new Uint8Array(levelsPerSuite)
  for (let step = 0; step < steps; step++) {
    simulator.step(actions.map((_, slot) => (step + slot) % environment.actions.length))
    levels.forEach((level, slot) => {
      if (simulator.terminated[slot] || simulator.truncated[slot]) simulator.reset(slot, level, step)
    })
  }
  return [start, simulator.observations.slice()]
}
