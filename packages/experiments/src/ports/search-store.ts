import type { JsonObject, ResolvedSpec } from '@goalpost/contracts'
import type { Expansion } from '../expansion/expansion.ts'

/** A search all of whose tasks have ended. */
export type DueSearch = {
  readonly id: string
  readonly workspaceId: string
  /** As sent. */
  readonly spec: JsonObject
  readonly resolved: ResolvedSpec
  /** Of the experiment when it was read: a step that is decided on it holds for no other. */
  readonly revision: number
}

/** Whether a step was taken, and why not. */
export type SearchAdvance =
  | { readonly ok: true }
  /** `foreign`: what was planned before would change, so another release planned it. */
  | { readonly ok: false; readonly because: 'changed' | 'no-room' | 'foreign'; readonly message: string }

export type SearchAbandoning = {
  /** The rounds so far, as planned by whoever abandons it: only who plans them as they are stored may. */
  readonly planned: Expansion
  readonly reason: string
}

/**
 * Searches for the control loops of workers. A step is compared with what is stored, under lock: of several processes
 * that take the same step, one succeeds.
 */
export type OpenSearches = {
  /** Neither cancelled nor paused, without the ones of these ids. */
  due(limit: number, except: readonly string[]): Promise<readonly DueSearch[]>
  /** Whether the workspace may have this many more runs now. */
  hasRoom(search: DueSearch, runs: number): Promise<boolean>
  /** Adds a round, or the analysis that ends it. */
  advance(
    search: DueSearch,
    next: { readonly resolved: ResolvedSpec; readonly expansion: Expansion },
  ): Promise<SearchAdvance>
  /** Ends a search that cannot go on: cancels its experiment. */
  abandon(search: DueSearch, abandoning: SearchAbandoning): Promise<SearchAdvance>
}
