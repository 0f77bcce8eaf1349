import type { ArtifactRef } from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'

/** All workspaces share the bytes; ownership determines which of them may read an artifact. */
export type ArtifactOwnership = {
  /** Whether this workspace owns a result or checkpoint that refers to the artifact. */
  ownsArtifact(workspaceId: string, hash: string): Promise<{ bytes: number; mediaType: string; name: string } | null>
  /**
   * Before the bytes of an artifact that the workspace does not own are stored. Reserves nothing: `keepArtifact` checks
   * again.
   * @throws GoalpostError `quota-exceeded` if the workspace may not store that much.
   */
  admitArtifact(workspaceId: string, artifact: Pick<ArtifactRef, 'bytes'>): Promise<void>
  /**
   * Makes the workspace an owner of this artifact, whose bytes are already stored. One that it owns already adds
   * nothing.
   * @throws GoalpostError `quota-exceeded` if the workspace may not store that much.
   */
  keepArtifact(workspaceId: string, artifact: ArtifactRef, actor: Actor): Promise<void>
}
