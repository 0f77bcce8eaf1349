import type { PlannedTask } from '@goalpost/experiments'
import { planReferences } from '../worlds/references/plan-references.ts'
import type { RlShiftOptions } from './spec.ts'
import { planImported } from './subjects/imported/plan-imported.ts'
import { planTraining } from './subjects/trained/plan-training.ts'

/**
 * train → checkpoints → one evaluation per checkpoint, or the evaluation of an imported policy; beside these, the
 * reference policies on every suite.
 */
export function planRun(options: RlShiftOptions, seed: number): readonly PlannedTask[] {
  const learned = options.policy === undefined ? planTraining(options, seed) : [planImported(options, seed)]
  return [...learned, ...options.suites.map((suite) => planReferences(options, suite))]
}
