import type { ExperimentFilter, SavedFilter } from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'

export type FilterChanging = {
  readonly actor: Actor
  /** Whether the actor may replace or delete filters that another key saved. */
  readonly mayChangeOthers: boolean
}

/** Filters with names. Implemented by packages/store. Changes are in the audit log. */
export type FilterStore = {
  /** By name. */
  list(workspaceId: string): Promise<readonly SavedFilter[]>
  get(workspaceId: string, name: string): Promise<SavedFilter | null>
  /**
   * Creates or replaces it; `createdBy` is then the actor. Errors: `state-conflict` if the workspace has too many,
   * `insufficient-scope` if it is another key's.
   */
  save(
    workspaceId: string,
    filter: { readonly name: string; readonly filter: ExperimentFilter },
    changing: FilterChanging,
  ): Promise<SavedFilter>
  /** False if there is none of that name. Error: `insufficient-scope` if it is another key's. */
  remove(workspaceId: string, name: string, changing: FilterChanging): Promise<boolean>
}
