import { z } from 'zod'
import { quota, quotaUse } from './quotas.ts'

const count = z.number().int().nonnegative()
const time = z.iso.datetime()

export const fileCount = z.strictObject({ files: count, bytes: count })
export type FileCount = z.infer<typeof fileCount>

/** What deleting an experiment would remove. */
export const deletionPreview = z.strictObject({
  experimentId: z.uuid(),
  name: z.string(),
  runs: count,
  /** Of its tasks, those that nothing else needs. */
  tasks: count,
  /** Of its tasks, those that stay: another experiment, a task of one, or a model version needs them. */
  keptTasks: count,
  /** Files that nothing else needs. */
  frees: fileCount,
  /** Why it would be refused now; null if it would not be. */
  refusal: z.string().nullable(),
})
export type DeletionPreview = z.infer<typeof deletionPreview>

/** One removal of what nothing needs any more. */
export const collectionView = z.strictObject({
  startedAt: time,
  /** Null while it runs, or if it broke off. */
  endedAt: time.nullable(),
  tasks: count,
  files: count,
  bytes: count,
})
export type CollectionView = z.infer<typeof collectionView>

/** The files of a workspace. Each is counted once, in the first kind that fits. */
export const storageView = z.strictObject({
  total: fileCount,
  kinds: z.strictObject({
    /** Sent by clients, and made by tools for them. They are kept. */
    uploads: fileCount,
    checkpoints: fileCount,
    results: fileCount,
    /** Only of deleted experiments: removed after the grace period. */
    unneeded: fileCount,
  }),
  /** Limits of the workspace, and what it uses of them. */
  quota,
  use: quotaUse,
  /** The largest. Experiments may share files. */
  experiments: z.array(fileCount.extend({ id: z.uuid(), name: z.string(), archived: z.boolean() })),
  /** Over all workspaces; null if there was none. */
  latestCollection: collectionView.nullable(),
})
export type StorageView = z.infer<typeof storageView>
