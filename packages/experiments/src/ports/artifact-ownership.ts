import type { ArtifactRef } from '@goalpost/contracts'

/** Bytes are shared by all workspaces; which of them may read what is written here. */
export type ArtifactOwnership = {
  /** Whether this workspace owns a result or checkpoint that refers to the artifact. */
  ownsArtifact(workspaceId: string, hash: string): Promise<{ bytes: number; mediaType: string; name: string } | null>
  /** From now on the workspace owns this artifact, whose bytes are stored. */
  keepArtifact(workspaceId: string, artifact: ArtifactRef): Promise<void>
}
