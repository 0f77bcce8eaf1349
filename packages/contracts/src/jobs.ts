import { z } from 'zod'

/** What travels through the queue: a hint that a task may be claimed. PostgreSQL decides whether it is true. */
export const taskJob = z.strictObject({
  taskId: z.uuid(),
  /** The epoch at dispatch; the claim moves it to epoch + 1. */
  epoch: z.number().int().nonnegative(),
})
export type TaskJob = z.infer<typeof taskJob>
