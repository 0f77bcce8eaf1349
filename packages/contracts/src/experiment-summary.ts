import { z } from 'zod'
import { experimentState, taskCounts } from './states.ts'
import { verdictSummary } from './verdict-summary.ts'

const time = z.iso.datetime()

/** An experiment as lists show it. */
export const experimentSummary = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  protocol: z.string(),
  state: experimentState,
  labels: z.record(z.string(), z.string()),
  priority: z.number().int(),
  conditions: z.number().int(),
  seeds: z.number().int(),
  tasks: taskCounts,
  /** From the latest analysis; empty until one has succeeded. */
  verdicts: z.array(verdictSummary),
  /** Since when lists hide it; null if they do not. */
  archivedAt: time.nullable().default(null),
  /** Since when it is paused; null if it is not. */
  pausedAt: time.nullable().default(null),
  /** When it is stopped if it has not ended; null: never. */
  deadline: time.nullable().default(null),
  /** Why the service stopped it before its end, such as a deadline that has passed; null if it did not. */
  stopReason: z.string().nullable().default(null),
  note: z.string().nullable().default(null),
  /** Whether it is a search to which rounds are added until it ends. */
  searching: z.boolean().default(false),
  /** The name of the API key that submitted it; null for the service itself, such as a schedule. */
  createdBy: z.string().nullable().default(null),
  /** The name that another program gave it. */
  externalId: z.string().nullable().default(null),
  /** Grows by at least one with every change; the strong ETag is derived from it. */
  revision: z.number().int(),
  createdAt: time,
  updatedAt: time,
  /** Estimated from the recent pace; null if unknown, for example while it is paused or no worker can run it. In lists: of running ones. */
  secondsLeft: z.number().nonnegative().nullable().optional(),
})
export type ExperimentSummary = z.infer<typeof experimentSummary>
