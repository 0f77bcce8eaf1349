import { z } from 'zod'

const days = z.number().int().min(1).max(36_500).nullable()

/** For how many days after the end of its experiments a workspace keeps what no result, resume or gate needs; null: for ever. */
export const retention = z.strictObject({
  /** Points of curves, of tasks that have succeeded. */
  points: days,
  /** Log lines of tasks that have ended. */
  logs: days,
  /** The changes of single experiments. */
  events: days,
  /** Checkpoints of tasks that have succeeded, except the last, those that other tasks need, and those of model versions. */
  checkpoints: days,
})
export type Retention = z.infer<typeof retention>

/** Fields that are missing stay as they are. */
export const retentionChange = retention.partial()
export type RetentionChange = z.infer<typeof retentionChange>
