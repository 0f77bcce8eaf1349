import type { TaskResult } from '@goalpost/contracts'
import type { RunEvidence } from '@goalpost/experiments'

/** Every evaluation of a run, in the order of the steps that its policies were trained for. */
export function evaluationsOf(run: RunEvidence): readonly { step: number; result: TaskResult | null }[] {
  return run.tasks
    .filter(({ key }) => key.startsWith('evaluate@'))
    .map(({ key, result }) => ({ step: stepOf(key), result }))
    .toSorted((a, b) => a.step - b.step)
}

/** The evaluation of the last checkpoint: the one that kept the outcomes of every level. */
export function finalEvaluation(run: RunEvidence): TaskResult | null {
  return evaluationsOf(run).at(-1)?.result ?? null
}

function stepOf(key: string): number {
  return Number(key.slice(key.indexOf('@') + 1))
}
