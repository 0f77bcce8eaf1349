import { jsonObject } from '@goalpost/contracts'
import type { EvaluationStage, SubjectSlot } from '@goalpost/experiments'
import type { Suite } from '../../../worlds/suites/suite-options.ts'
import { storedOptions } from '../../stored-options.ts'

/** Suites with levels of their own for each stage of an evaluation. */
export const resizeSuites: SubjectSlot['resize'] = (options, stage) => {
  const suites = storedOptions(options).suites.map((suite) => resizeSuite(suite, stage))
  return jsonObject.parse({ ...options, suites })
}

function resizeSuite(suite: Suite, { index, units }: EvaluationStage): Suite {
  const { seed, name } = suite
  if (typeof seed === 'number') return { ...suite, levels: units, seed: (seed + index) % 2 ** 32 }
  // The levels of a secret suite follow from its name, among other things.
  return { ...suite, levels: units, name: index === 0 ? name : `${name.slice(0, 30)}-stage-${index + 1}` }
}
