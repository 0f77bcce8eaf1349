import { z } from 'zod'
import { experimentSpec, limits, seed } from './spec.ts'
import { experimentState, runState, taskCounts } from './views.ts'
import { progress } from './trainer-messages.ts'

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
  /** Without `condition`, every condition of that experiment is an arm. */
  arms: z
    .array(z.strictObject({ experimentId: z.uuid(), condition: z.string().optional() }))
    .min(1)
    .max(50),
})
export type ComparisonRequest = z.infer<typeof comparisonRequest>

/** Text of a query, without characters that PostgreSQL cannot store. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((given) => !given.includes('\0'), 'must not contain the character NUL')

const cursor = text(500).min(1).optional()
const limit = z.coerce.number().int().min(1).max(200).default(50)

export const pageQuery = z.strictObject({ cursor, limit })

export const experimentQuery = pageQuery.extend({
  state: experimentState.optional(),
  protocol: text(80).optional(),
  name: text(120).optional().describe('A part of the name, in any case'),
  verdict: text(64).min(1).optional().describe('The name of a verdict that at least one condition has'),
})
export type ExperimentQuery = z.input<typeof experimentQuery>

export const resultsQuery = z.strictObject({
  parts: text(200)
    .optional()
    .describe('Types of report parts, separated by commas, e.g. `verdict,table`: only those, and no aggregates'),
})
export type ResultsQuery = z.input<typeof resultsQuery>

export const runQuery = pageQuery.extend({ experimentId: z.uuid().optional() })
export type RunQuery = z.input<typeof runQuery>

export const checkpointQuery = pageQuery.extend({ taskId: z.uuid().optional(), experimentId: z.uuid().optional() })
export type CheckpointQuery = z.input<typeof checkpointQuery>

export const seriesQuery = z.strictObject({
  names: text(2_000).optional().describe('Names of series, separated by commas; without it all of them'),
  maxPoints: z.coerce
    .number()
    .int()
    .min(2)
    .max(10_000)
    .default(500)
    .describe('Of each curve; longer ones are thinned out'),
})

export const modelQuery = pageQuery.extend({ name: text(100).optional().describe('A part of the name, in any case') })
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
