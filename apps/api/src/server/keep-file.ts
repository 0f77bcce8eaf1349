import { contentHash } from '@goalpost/artifacts'
import type { UploadedFile } from '@goalpost/contracts'
import type { Actor } from '@goalpost/experiments'
import type { ApiDependencies } from '../dependencies.ts'

type Dependencies = Pick<ApiDependencies, 'experiments' | 'artifacts'>
type Content = {
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array
  /** Who stores it, for the audit log. */
  readonly actor: Actor
}
export type KeptFile = { readonly file: UploadedFile; readonly isNew: boolean }

/**
 * Stores a file for a workspace. The bytes of one that it has already are stored again, which repairs a lost file.
 * @throws GoalpostError `quota-exceeded`, before anything is stored, if the workspace may not store that much.
 */
export async function keepFile(
  { experiments, artifacts }: Dependencies,
  workspaceId: string,
  { name, mediaType, content, actor }: Content,
): Promise<KeptFile> {
  const hash = await contentHash(content)
  const bytes = content.length
  const known = await experiments.ownsArtifact(workspaceId, hash)
  if (known === null) await experiments.admitArtifact(workspaceId, { bytes })
  await artifacts.write(content)
  if (known !== null) return { file: { hash, ...known }, isNew: false }
  await experiments.keepArtifact(workspaceId, { name, hash, bytes, mediaType, evidence: false }, actor)
  return { file: { name, hash, bytes, mediaType }, isNew: true }
}
