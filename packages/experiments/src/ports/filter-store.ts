import type { ExperimentFilter, SavedFilter } from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'

/** Filters with names. Implemented by packages/store. */
export type FilterStore = {
  /** By name. */
  list(workspaceId: string): Promise<readonly SavedFilter[]>
  get(workspaceId: string, name: string): Promise<SavedFilter | null>
  /** Creates or replaces it. Error: `state-conflict` if the workspace has too many. */
  save(workspaceId: string, filter: { name: string; filter: ExperimentFilter; actor: Actor }): Promise<SavedFilter>
  /** False if there is none of that name. */
  remove(workspaceId: string, name: string): Promise<boolean>
}
