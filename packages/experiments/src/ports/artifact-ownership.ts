import type { ArtifactRef } from '@goalpost/contracts'

/** All workspaces share the bytes; ownership determines which of them may read an artifact. */
export type ArtifactOwnership = {
  /** Whether this workspace owns a result or checkpoint that refers to the artifact. */
  ownsArtifact(workspaceId: string, hash: string): Promise<{ bytes: number; mediaType: string; name: string } | null>
  /**
   * Makes the workspace an owner of this artifact, whose bytes are already stored.
   * @throws GoalpostError `quota-exceeded` if the workspace may not store that much.
   */
  keepArtifact(workspaceId: string, artifact: ArtifactRef): Promise<void>
}
