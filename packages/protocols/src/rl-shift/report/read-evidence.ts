import type { TaskResult } from '@goalpost/contracts'
import type { RunEvidence } from '@goalpost/experiments'
import { evaluateTask } from '../evaluate-task.ts'

export type Artifacts = ReadonlyMap<string, Uint8Array>

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

export function readArtifact(
  result: TaskResult | null | undefined,
  name: string,
  artifacts: Artifacts,
): Uint8Array | null {
  const reference = result?.artifacts.find((artifact) => artifact.name === name)
  return reference === undefined ? null : (artifacts.get(reference.hash) ?? null)
}
