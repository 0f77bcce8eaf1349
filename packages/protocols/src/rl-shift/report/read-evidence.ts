import type { TaskResult } from '@goalpost/contracts'
import type { RunEvidence } from '@goalpost/experiments'
import { evaluateTask } from '../evaluate-task.ts'

/** Every evaluation of a run, in the order of the steps that its policies were trained for. */
export function evaluationsOf(run: RunEvidence): readonly { step: number; result: TaskResult | null }[] {
  return run.tasks
    .flatMap(({ kind, inputs: { step }, result }) =>
      // Not parsed in full, which a report would do thousands of times; tasks of other sorts have no step.
      kind === evaluateTask.kind && typeof step === 'number' ? [{ step, result }] : [],
    )
    .toSorted((a, b) => a.step - b.step)
}

/** The evaluation of the last checkpoint: the one that kept the outcomes of every level. */
export function finalEvaluation(run: RunEvidence): TaskResult | null {
  return evaluationsOf(run).at(-1)?.result ?? null
}
