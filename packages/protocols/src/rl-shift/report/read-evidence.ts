import type { TaskResult } from '@goalpost/contracts'
import type { RunEvidence } from '@goalpost/experiments'

export type Artifacts = ReadonlyMap<string, Uint8Array>

/** The evaluation of the last checkpoint: the one that kept the outcomes of every level. */
export function finalEvaluation(run: RunEvidence): TaskResult | null {
  const last = run.tasks
    .filter(({ key }) => key.startsWith('evaluate@'))
    .toSorted((a, b) => stepOf(a.key) - stepOf(b.key))
  return last.at(-1)?.result ?? null
}

export function stepOf(key: string): number {
  return Number(key.slice(key.indexOf('@') + 1))
}

export function readArtifact(
  result: TaskResult | null | undefined,
  name: string,
  artifacts: Artifacts,
): Uint8Array | null {
  const reference = result?.artifacts.find((artifact) => artifact.name === name)
  return reference === undefined ? null : (artifacts.get(reference.hash) ?? null)
}
