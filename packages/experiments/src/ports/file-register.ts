import type { CollectionView, StorageView } from '@goalpost/contracts'
import type { Trimmed } from './retention-store.ts'

/** What a workspace stores. Implemented by packages/store. */
export type StorageViews = { storage(workspaceId: string): Promise<StorageView> }

/** Which files are needed. Implemented by packages/store. */
export type FileRegister = {
  /** Claims the next collection; null if another process has begun one in the last `intervalMs`. */
  beginCollection(intervalMs: number): Promise<{ readonly id: number; readonly now: Date } | null>
  endCollection(id: number, removed: Omit<CollectionView, 'startedAt' | 'endedAt'>): Promise<void>
  /** Applies the retention rules of all workspaces. */
  trim(): Promise<Trimmed>
  /** Removes the ended tasks that nothing has needed since `before`. Returns their number. */
  removeTasks(before: Date): Promise<number>
  /** Ends the workspaces' ownership of files that nothing has needed since `before`, and notes which are not needed now. */
  releaseFiles(before: Date): Promise<void>
  /**
   * Calls `remove` for those of the files that no workspace owns, while none can become an owner. Of what it removed,
   * nothing is registered for some minutes: a program may have seen the file just before.
   */
  removeUnowned(hashes: readonly string[], remove: (hash: string) => Promise<boolean>): Promise<string[]>
}
