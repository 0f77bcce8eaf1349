import { z } from 'zod'

/** A message in the queue: a hint that a task may be claimed. PostgreSQL decides whether it can be. */
export const taskJob = z.strictObject({
  taskId: z.uuid(),
  /** The epoch at dispatch; the claim moves it to epoch + 1. */
  epoch: z.number().int().nonnegative(),
})
export type TaskJob = z.infer<typeof taskJob>
