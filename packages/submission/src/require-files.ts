import type { InputIssue } from '@goalpost/contracts'
import { jsonPointer } from '@goalpost/validation'
import type { ArtifactOwnership, Expansion } from '@goalpost/experiments'
import { invalidSpec } from './prepare-experiment.ts'

type Named = {
  readonly expansion: Expansion
  /** The document with the hashes, for pointers. */
  readonly sent: unknown
}

/**
 * Hashes are not secret: without this check, one workspace could evaluate another's file.
 * @throws GoalpostError `invalid-spec` for files that the workspace does not own.
 */
export async function requireFiles(
  experiments: Pick<ArtifactOwnership, 'ownsArtifact'>,
  workspaceId: string,
  { expansion, sent }: Named,
): Promise<void> {
  const issues: InputIssue[] = []
  for (const hash of new Set(expansion.tasks.flatMap(({ files }) => files ?? []))) {
    if ((await experiments.ownsArtifact(workspaceId, hash)) !== null) continue
    issues.push({
      pointer: pointerTo(sent, hash) ?? '',
      message: `there is no file ${hash} in this workspace`,
      remedy: 'Upload it first: goalpost upload <file>, or POST /v1/artifacts',
    })
  }
  if (issues.length > 0) throw invalidSpec(issues)
}

/** The pointer to a text in a document, or null. */
function pointerTo(document: unknown, text: string, path: readonly (string | number)[] = []): string | null {
  if (document === text) return jsonPointer([...path])
  if (typeof document !== 'object' || document === null) return null
  for (const [name, value] of Object.entries(document)) {
    const found = pointerTo(value, text, [...path, name])
    if (found !== null) return found
  }
  return null
}
