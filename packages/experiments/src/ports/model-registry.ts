import type { ModelRegistration, TagChange, VersionReference } from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'

export type WhichModel = { readonly workspaceId: string; readonly model: string }
export type WhichVersion = WhichModel & { readonly version: VersionReference }

/**
 * Changes of the model registry, each all or nothing, and in the audit log, as the actor's.
 *
 * Errors: `not-found`; `unknown-value` if the request names something that the workspace does not have, with an issue
 * for the field; `state-conflict`; `stale-version` if the model does not have `expectedRevision`.
 */
export type ModelRegistry = {
  /** Creates the model if there is none of that name. The same bytes again are the same version. */
  register(
    which: WhichModel,
    registration: ModelRegistration,
    actor: Actor,
  ): Promise<{ number: number; created: boolean }>
  /** `version` null removes the alias. */
  moveAlias(
    which: WhichModel,
    move: {
      readonly alias: string
      readonly version: VersionReference | null
      readonly expectedRevision?: number | undefined
    },
    actor: Actor,
  ): Promise<void>
  tag(which: WhichVersion, change: TagChange, actor: Actor): Promise<void>
  /** Only from lists: its number and its file stay, as results may need them. Refused while an alias names it. */
  deleteVersion(which: WhichVersion, actor: Actor): Promise<void>
  /** The same for all its versions; its aliases are removed. */
  deleteModel(which: WhichModel, actor: Actor): Promise<void>
}
