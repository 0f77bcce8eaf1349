import type { TaskResult } from '@goalpost/contracts'
import type { RunEvidence } from '@goalpost/experiments'
import { evaluateTask } from '../evaluate-task.ts'

/** Every evaluation of a run, by training step. */
export function evaluationsOf(run: RunEvidence): readonly { step: number; result: TaskResult | null }[] {
  return run.tasks
    .flatMap(({ kind, inputs: { step }, result }) =>
      // Reads the step without parsing all inputs: a report does this thousands of times.
      kind === evaluateTask.kind && typeof step === 'number' ? [{ step, result }] : [],
    )
    .toSorted((a, b) => a.step - b.step)
}

/** The evaluation of the last checkpoint: the one that kept the outcomes of every level. */
export function finalEvaluation(run: RunEvidence): TaskResult | null {
  return evaluationsOf(run).at(-1)?.result ?? null
}
