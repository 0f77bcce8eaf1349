import { z } from 'zod'
import { sha256 } from './artifacts.ts'
import { deadline } from './deadline.ts'
import { jsonObject, jsonValue } from './json.ts'
import { latestAlias, modelName, versionReference } from './model-names.ts'
import { resolvedSearch, searchSpec } from './search-spec.ts'

export const limits = {
  seedsPerExperiment: 1_000,
  conditionsPerExperiment: 200,
  runsPerExperiment: 2_000,
  bodyBytes: 1_048_576,
  uploadBytes: 64 * 1_048_576,
  tagsPerVersion: 50,
  /** Of a model version, as JSON. */
  metadataCharacters: 16_384,
  /** The upper limit of a service's own setting. */
  largestUploadBytes: 2_000_000_000,
} as const

export const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1)
/** Not only blanks. That it is not empty is said by its length. */
const visible = /^$|\S/
const conditionName = z.string().min(1).max(80).regex(visible)

/** A number of seeds, a range, or a list: `5`, `{ first: 100, count: 5 }`, `[3, 7, 11]`. */
export const seeds = z.union([
  z.number().int().min(1).max(limits.seedsPerExperiment),
  z.strictObject({ first: seed, count: z.number().int().min(1).max(limits.seedsPerExperiment) }),
  z.array(seed).min(1).max(limits.seedsPerExperiment),
])

export const device = z.enum(['cpu', 'gpu'])
export type Device = z.infer<typeof device>

/** The resources that a task needs from its worker, independent of the kind of task. */
export const resources = z.strictObject({
  /** The numeric engine, e.g. `tfjs:wasm`; `none` for a task that computes without tensors. */
  engine: z.string().min(1),
  /** Threads that the engine uses. Part of a task's identity: sums depend on it. */
  threads: z.number().int().min(1).max(64),
  /** The engine's device, which determines the task's queue. */
  device,
})
export type Resources = z.infer<typeof resources>

/** The engine of tasks that use no tensors, which any worker can run. */
export const noEngine = 'none'

/** The resources as a spec may request them. */
export const requestedResources = z.strictObject({
  engine: resources.shape.engine
    .default('auto')
    .describe(
      'The numeric engine, e.g. `tfjs:wasm`; `auto` is the same engine everywhere: equal specs give equal numbers',
    ),
  threads: resources.shape.threads
    .default(1)
    .describe('Threads that the engine uses. Sums depend on it, and so do the numbers'),
  device: device.optional().describe('Only for engines that support both: the names of others imply it'),
})
export type RequestedResources = z.infer<typeof requestedResources>

/** One arm of an experiment as it is written. */
const condition = z.strictObject({
  name: conditionName,
  description: z.string().max(500).optional().describe('What it is for; shown beside its results'),
  options: jsonObject.default({}).describe('What differs from the common options; lists are replaced as a whole'),
})

/** The model version that is examined. The protocol knows where in the options its file belongs. */
const subject = z.strictObject({
  model: modelName.describe('The name of a registered model'),
  version: versionReference.default(latestAlias).describe('A number, an alias, or `latest`'),
})

/** An experiment as a researcher writes it (YAML or JSON). `options` belong to the protocol. */
export const experimentSpec = z.strictObject({
  apiVersion: z.literal('goalpost/v1'),
  protocol: z.string().min(1).max(80).describe('The kind of experiment, which decides what the options are'),
  name: z.string().min(1).max(120).regex(visible).describe('What the experiment is called in lists and reports'),
  description: z.string().max(2_000).optional().describe('What it should find out'),
  labels: z
    .record(z.string().max(60), z.string().max(200))
    .default({})
    .describe('To find it again, e.g. `team: alignment`'),
  seeds: seeds
    .default(5)
    .describe('How often each condition is repeated: a number of seeds, a range, or a list of seeds'),
  options: jsonObject.default({}).describe('Options of the protocol, common to all conditions'),
  conditions: z
    .array(condition)
    .min(1)
    .max(limits.conditionsPerExperiment)
    .optional()
    .describe('One arm each; its options are merged over the common ones'),
  grid: z
    .record(z.string().min(1), z.array(jsonValue).min(1))
    .optional()
    .describe('One condition for each combination of values; names are dotted paths into the options'),
  search: searchSpec
    .optional()
    .describe('Every condition with values of one option that are chosen in rounds, each after the results before'),
  subject: subject.optional().describe('The model version that is examined'),
  resources: requestedResources.prefault({}).describe('What each task needs from its worker'),
  priority: z.number().int().min(-100).max(100).default(0).describe('Higher runs first, within one workspace'),
  deadline: deadline
    .optional()
    .describe('When it is stopped if it has not ended: a time with its zone, or how long from now on, e.g. `36h`'),
  fresh: z.boolean().default(false).describe('Compute everything again instead of reusing results of equal tasks'),
})
export type ExperimentSpec = z.infer<typeof experimentSpec>
/** The spec before defaults are filled in. */
export type ExperimentSpecInput = z.input<typeof experimentSpec>

/** The JSON Schema of a spec as it is written, e.g. for forms. The protocol has one of its own for `options`. */
export function experimentSpecSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(experimentSpec, { io: 'input' })
}

/** One resolved arm, with all options including defaults. */
export const resolvedCondition = z.strictObject({
  /** Of older experiments, too, whose names were checked less. */
  name: z.string(),
  description: z.string().optional(),
  options: jsonObject,
  /** The protocol's marks for this arm, e.g. `control`. */
  marks: z.array(z.string()),
})
export type ResolvedCondition = z.infer<typeof resolvedCondition>

/** The version that a spec's subject named when it was submitted. */
export const resolvedSubject = z.strictObject({
  model: z.string(),
  version: z.number().int().positive(),
  hash: sha256,
})
export type ResolvedSubject = z.infer<typeof resolvedSubject>

/** The spec as it will be run: seeds listed, grid expanded, options complete. */
export const resolvedSpec = z.strictObject({
  apiVersion: z.literal('goalpost/v1'),
  protocol: z.string(),
  protocolVersion: z.string(),
  name: z.string(),
  description: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  seeds: z.array(seed),
  conditions: z.array(resolvedCondition),
  search: resolvedSearch.optional(),
  subject: resolvedSubject.optional(),
  resources,
  priority: z.number().int(),
  /** As written in the spec. */
  deadline: z.string().optional(),
  fresh: z.boolean(),
})
export type ResolvedSpec = z.infer<typeof resolvedSpec>
