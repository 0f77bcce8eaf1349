import { z } from 'zod'

export const taskState = z.enum(['blocked', 'ready', 'queued', 'running', 'succeeded', 'failed', 'cancelled'])
export type TaskState = z.infer<typeof taskState>

export const runState = z.enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled'])
export type RunState = z.infer<typeof runState>

export const experimentState = z.enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled'])
export type ExperimentState = z.infer<typeof experimentState>

/** How many tasks are in which state. */
export const taskCounts = z.record(taskState, z.number().int().nonnegative())
