import { storedOptions } from './stored-options.ts'
import type { ReadPlayed } from '../worlds/levels/played-condition.ts'
import { suiteWorld } from '../worlds/suites/suite-world.ts'
import { evaluationsOf } from './report/read-evidence.ts'
import { replicates } from './subjects/imported/imported-policies.ts'

/** This protocol's experiments, for the level tools. */
export const readPlayed: ReadPlayed = {
  condition({ options: given, runs }) {
    const options = storedOptions(given)
    return {
      suites: options.suites,
      world: (suite) => suiteWorld(options, suite),
      acting: options.evaluation.acting,
      runs: replicates(runs, options.policy),
    }
  },
  evaluations: evaluationsOf,
}
