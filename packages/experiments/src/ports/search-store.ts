import type { JsonObject, ResolvedSpec } from '@goalpost/contracts'
import type { Expansion } from '../expansion/expansion.ts'

/** A search all of whose tasks have ended. */
export type DueSearch = {
  readonly id: string
  readonly workspaceId: string
  /** As sent. */
  readonly spec: JsonObject
  readonly resolved: ResolvedSpec
}

/**
 * Searches for the control loops of workers. A step is compared with what is stored, under lock: of several processes
 * that take the same step, one succeeds, and the others get false.
 */
export type OpenSearches = {
  /** Neither cancelled nor paused, without the ones of these ids. */
  due(limit: number, except: readonly string[]): Promise<readonly DueSearch[]>
  /** Whether the workspace may have this many more runs now. */
  hasRoom(search: DueSearch, runs: number): Promise<boolean>
  /**
   * Adds a round, or the analysis that ends it. False too if the workspace has no room for more runs. Rejects with
   * `state-conflict` if what was planned before would change.
   */
  advance(search: DueSearch, next: { readonly resolved: ResolvedSpec; readonly expansion: Expansion }): Promise<boolean>
  /** Ends a search that cannot go on: cancels its experiment. */
  abandon(search: DueSearch): Promise<boolean>
}
