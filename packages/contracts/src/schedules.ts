import { z } from 'zod'
import { author } from './author.ts'
import { pageQuery } from './experiment-query.ts'
import { experimentSpec } from './spec.ts'
import { experimentState } from './states.ts'

/** Experiments that start at times of a cron expression. */

const time = z.iso.datetime()

export const scheduleName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$/, 'must be 1 to 80 lower-case letters, digits and hyphens')

export const scheduleTiming = z.strictObject({
  cron: z
    .string()
    .min(1)
    .max(200)
    .describe('Minute, hour, day of month, month, day of week, e.g. `0 3 * * MON-FRI`; or `@daily` and the like'),
  timezone: z.string().min(1).max(60).default('UTC').describe('An IANA time zone, e.g. `Europe/Berlin`'),
  jitterSeconds: z
    .number()
    .int()
    .min(0)
    .max(3_600)
    .default(0)
    .describe('Each occurrence starts up to this much later, always by the same amount'),
})
export type ScheduleTiming = z.infer<typeof scheduleTiming>

/** What an occurrence does. */
export const scheduleAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('experiment'), spec: experimentSpec }),
])
export type ScheduleAction = z.infer<typeof scheduleAction>

export const overlapPolicy = z.enum(['skip', 'queue', 'cancel-previous'])
export type OverlapPolicy = z.infer<typeof overlapPolicy>
export const missedPolicy = z.enum(['run-one', 'skip'])
export type MissedPolicy = z.infer<typeof missedPolicy>

/** A schedule as a file holds it. */
export const scheduleSpec = z.strictObject({
  apiVersion: z.literal('goalpost/v1'),
  name: scheduleName,
  description: z.string().max(2_000).optional(),
  ...scheduleTiming.shape,
  overlap: overlapPolicy.default('skip').describe('What an occurrence does while the previous experiment is open'),
  missed: missedPolicy.default('run-one').describe('What happens after a time without workers'),
  action: scheduleAction,
})
export type ScheduleSpec = z.infer<typeof scheduleSpec>
export type ScheduleSpecInput = z.input<typeof scheduleSpec>

/** `name` decides on the jitter, so a preview shows the times of the schedule with that name. */
export const schedulePreviewRequest = scheduleTiming.extend({ name: scheduleName.default('preview') })
export type SchedulePreviewRequest = z.input<typeof schedulePreviewRequest>

export const scheduleOccurrence = z.strictObject({
  /** By the cron expression. */
  at: time,
  /** With jitter. */
  startsAt: time,
  /** `startsAt` in the schedule's time zone, with its offset. */
  local: z.string(),
})
export type ScheduleOccurrence = z.infer<typeof scheduleOccurrence>

export const schedulePreview = z.strictObject({ occurrences: z.array(scheduleOccurrence) })
export type SchedulePreview = z.infer<typeof schedulePreview>

export const scheduleTrigger = z.enum(['cron', 'manual'])
export const scheduleRunOutcome = z.enum(['started', 'queued', 'skipped', 'failed'])
export type ScheduleRunOutcome = z.infer<typeof scheduleRunOutcome>

/** One occurrence, or one start by hand. */
export const scheduleRunView = z.strictObject({
  id: z.uuid(),
  trigger: scheduleTrigger,
  /** By the cron expression; the time of the request if started by hand. */
  at: time,
  outcome: scheduleRunOutcome,
  /** Why it did not start; null if it did. */
  message: z.string().nullable(),
  experimentId: z.uuid().nullable(),
  experimentState: experimentState.nullable(),
  recordedAt: time,
})
export type ScheduleRunView = z.infer<typeof scheduleRunView>

export const scheduleSummary = z.strictObject({
  id: z.uuid(),
  name: scheduleName,
  cron: z.string(),
  timezone: z.string(),
  paused: z.boolean(),
  action: z.strictObject({ type: z.literal('experiment'), name: z.string() }),
  /** Null while paused. */
  next: scheduleOccurrence.nullable(),
  /** The latest run; null before the first one. */
  latest: scheduleRunView.nullable(),
  createdAt: time,
  createdBy: author,
  updatedAt: time,
})
export type ScheduleSummary = z.infer<typeof scheduleSummary>

export const scheduleView = scheduleSummary.extend({
  spec: scheduleSpec,
  /** The next ten; empty while paused. */
  upcoming: z.array(scheduleOccurrence),
  /** The latest twenty, newest first. */
  runs: z.array(scheduleRunView),
})
export type ScheduleView = z.infer<typeof scheduleView>

export const scheduleQuery = pageQuery
export type ScheduleQuery = z.input<typeof scheduleQuery>
