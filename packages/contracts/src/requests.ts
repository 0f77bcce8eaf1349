import { z } from 'zod'
import { deadline } from './deadline.ts'
import { experimentSpec, limits, seed } from './spec.ts'
import { pageQuery, text } from './experiment-query.ts'
import { experimentState, runState, taskCounts } from './states.ts'
import { logLevel, progress } from './trainer-messages.ts'

/** Requests of clients besides specs. */

/** More seeds, more conditions, or both. Existing ones do not change. */
export const experimentExtension = z
  .strictObject({
    seeds: z
      .union([
        z.number().int().min(1).max(limits.seedsPerExperiment),
        z.strictObject({ first: seed, count: z.number().int().min(1).max(limits.seedsPerExperiment) }),
        z.array(seed).min(1).max(limits.seedsPerExperiment),
      ])
      .optional()
      .describe('How many more (they follow the highest seed so far), a range, or which ones'),
    conditions: experimentSpec.shape.conditions,
  })
  .refine(
    ({ seeds, conditions }) => seeds !== undefined || conditions !== undefined,
    'must name seeds, conditions, or both',
  )
export type ExperimentExtension = z.infer<typeof experimentExtension>
export type ExperimentExtensionInput = z.input<typeof experimentExtension>

export const comparisonRequest = z.strictObject({
  arms: z
    .array(z.strictObject({ experimentId: z.uuid(), condition: z.string().optional() }))
    .min(1)
    .max(50)
    .describe('Without `condition`, every condition of that experiment; one that is named twice counts once'),
  baseline: z
    .strictObject({ experimentId: z.uuid(), condition: z.string().optional() })
    .optional()
    .describe(
      'The arm to which differences are computed (default: the first). Its condition may be left out if the experiment has only one arm',
    ),
})
export type ComparisonRequest = z.infer<typeof comparisonRequest>

/** Removes, then adds: labels that exist get the new value. */
export const labelChange = z.strictObject({
  set: experimentSpec.shape.labels.describe('Labels with their new values'),
  remove: z.array(text(60)).max(100).default([]).describe('Labels to remove'),
})
export type LabelChange = z.infer<typeof labelChange>
export type LabelChangeInput = z.input<typeof labelChange>

export const noteChange = z.strictObject({
  note: text(10_000).nullable().describe('Any text; null removes the note'),
  previous: text(10_000)
    .nullable()
    .optional()
    .describe('The note that was read, null for none: if it is another by now, nothing is changed (412)'),
})
export type NoteChange = z.infer<typeof noteChange>

export const priorityChange = z.strictObject({ priority: experimentSpec.shape.priority.unwrap() })

export const deadlineChange = z.strictObject({
  deadline: deadline.nullable().describe('A time, or how long from now on; null: none'),
})

export const externalId = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters, such as sweep-2026/17')

export const resultsQuery = z.strictObject({
  parts: text(200)
    .optional()
    .describe('Types of report parts, separated by commas, e.g. `verdict,table`: only those, and no aggregates'),
  maxSteps: z.coerce
    .number()
    .int()
    .min(2)
    .max(10_000)
    .optional()
    .describe('Return at most this many steps of each repeated measure, always including the last. Default: all steps'),
})
export type ResultsQuery = z.input<typeof resultsQuery>

export const runQuery = pageQuery.extend({ experimentId: z.uuid().optional() })
export type RunQuery = z.input<typeof runQuery>

export const logQuery = pageQuery.extend({
  level: logLevel.optional().describe('Lines of at least this level: debug, info, warn, error'),
  search: text(200).min(1).optional().describe('Part of the message, in any case'),
})

export type LogQuery = z.input<typeof logQuery>

export const checkpointQuery = pageQuery.extend({ taskId: z.uuid().optional(), experimentId: z.uuid().optional() })
export type CheckpointQuery = z.input<typeof checkpointQuery>

export const seriesQuery = z.strictObject({
  names: text(2_000)
    .optional()
    .describe('Series, separated by commas, by their keys such as `value-loss` or by their stored names; default: all'),
  maxPoints: z.coerce
    .number()
    .int()
    .min(2)
    .max(10_000)
    .default(500)
    .describe(
      'Points per curve; longer ones are downsampled, with every peak: the lowest and the highest point of each place of the axis are kept. With fewer than 5, only the last of these',
    ),
})

export const trainingQuery = z.strictObject({
  maxRuns: z.coerce.number().int().min(1).max(200).default(200).describe('The first by condition and seed'),
  maxPoints: z.coerce.number().int().min(2).max(1_000).default(100).describe('Places on the horizontal axis'),
})
export type TrainingQuery = z.input<typeof trainingQuery>

export const modelQuery = pageQuery.extend({ name: text(100).optional().describe('Part of the name, in any case') })
export type ModelQuery = z.input<typeof modelQuery>

export const modelVersionQuery = pageQuery.extend({
  tag: text(60).min(1).optional().describe('Only versions that have this tag'),
  commit: text(64).min(1).toLowerCase().optional().describe('The first digits of the commit'),
})
export type ModelVersionQuery = z.input<typeof modelVersionQuery>

export const aliasMoveQuery = pageQuery.extend({ alias: text(60).min(1).optional() })
export type AliasMoveQuery = z.input<typeof aliasMoveQuery>

export const catalogQuery = z.strictObject({ kind: text(80).optional(), protocol: text(80).optional() })
export type CatalogQuery = z.input<typeof catalogQuery>

/** An experiment's progress; sent to watchers and not stored: a later one replaces it. */
export const experimentProgress = z.strictObject({
  experimentId: z.uuid(),
  revision: z.number().int(),
  state: experimentState,
  tasks: taskCounts,
  /** As in the experiment's view. */
  secondsLeft: z.number().nonnegative().nullable().optional(),
  runs: z.array(
    z.strictObject({
      id: z.uuid(),
      condition: z.string(),
      seed: z.number().int(),
      state: runState,
      progress: progress.nullable(),
    }),
  ),
})
export type ExperimentProgress = z.infer<typeof experimentProgress>

/** The last message of an event stream: the experiment has ended. */
export const experimentEnd = z.strictObject({ experimentId: z.uuid(), state: experimentState })
export type ExperimentEnd = z.infer<typeof experimentEnd>

export const health = z.strictObject({ status: z.literal('ok') })
export const readiness = z.strictObject({ status: z.literal('ready'), codeRevision: z.string() })
