import { z } from 'zod'

const limit = z.number().int().min(0)
const count = z.number().int().min(0).max(1_000_000)

/** What a workspace may use; null: no limit. Operators set it. */
export const quota = z.strictObject({
  /** Tasks at a time on processors, and on GPUs. Others wait. */
  cpuTasks: limit.nullable(),
  gpuTasks: limit.nullable(),
  /** Runs with a task that has not ended. */
  unfinishedRuns: limit.nullable(),
  storageBytes: limit.nullable(),
  /** Its share of the slots: with weight 2, twice that of a workspace of weight 1. */
  weight: z.number().int().min(1).max(100),
})
export type Quota = z.infer<typeof quota>

/** Fields that are missing stay as they are. */
export const quotaChange = z.strictObject({
  cpuTasks: count.nullable().optional(),
  gpuTasks: count.nullable().optional(),
  unfinishedRuns: count.nullable().optional(),
  storageBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().optional(),
  weight: quota.shape.weight.optional(),
})
export type QuotaChange = z.infer<typeof quotaChange>

/** What a workspace uses of what its quota limits. */
export const quotaUse = quota.omit({ weight: true }).extend({
  /** Queued and running. */
  cpuTasks: limit,
  gpuTasks: limit,
  unfinishedRuns: limit,
  storageBytes: limit,
})
export type QuotaUse = z.infer<typeof quotaUse>
