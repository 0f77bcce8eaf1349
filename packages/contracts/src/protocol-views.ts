import { z } from 'zod'
import { jsonObject } from './json.ts'
import { toolView } from './tools.ts'

/** A measure of a protocol that can be watched from version to version. */
export const watchedMeasure = z.strictObject({
  /** As reports name it, in kebab case. */
  name: z.string(),
  title: z.string(),
  direction: z.enum(['higher-is-better', 'lower-is-better']),
  /** A difference that matters, in units of the measure. */
  margin: z.number().positive(),
})
export type WatchedMeasure = z.infer<typeof watchedMeasure>

export const protocolView = z.strictObject({
  name: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
  optionsSchema: jsonObject,
  verdicts: z.array(z.strictObject({ name: z.string(), meaning: z.string() })),
  tools: z.array(toolView).default([]),
  /** How it examines a model version; missing if it cannot. */
  subject: z.strictObject({ path: z.array(z.string()), measures: z.array(watchedMeasure) }).optional(),
  /** The measures whose thresholds can be searched; missing if there are none. */
  search: z
    .strictObject({ measures: z.array(z.strictObject({ name: z.string(), title: z.string(), line: z.number() })) })
    .optional(),
  /** Whether its searches can be put together to a league table of training methods. */
  hasLeague: z.boolean().default(false),
  /** Kinds of its tasks that store samples, to be read one by one. */
  sampleTasks: z.array(z.string()).default([]),
})
export type ProtocolView = z.infer<typeof protocolView>

/** An entry of a protocol's own catalog, e.g. one environment. The protocol defines its details. */
export const catalogEntry = z.strictObject({
  protocol: z.string(),
  kind: z.string(),
  name: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
  parametersSchema: jsonObject,
  /** Named facts: goals, proxies, observations, shifts. */
  facts: z.record(z.string(), z.array(z.strictObject({ name: z.string(), description: z.string() }))),
  /** A small picture, one string per line. */
  picture: z.array(z.string()),
})
export type CatalogEntry = z.infer<typeof catalogEntry>
