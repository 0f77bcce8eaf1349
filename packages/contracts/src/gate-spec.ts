import { z } from 'zod'
import { gateRule, gateStatistics, stages } from './gates.ts'
import { jsonObject } from './json.ts'
import { aliasName, modelName } from './model-names.ts'

export const gateName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$/, 'must be 1 to 80 lower-case letters, digits and hyphens')

/** What starts a run of the gate. */
export const gateTrigger = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('version-registered') }),
  z.strictObject({ on: z.literal('alias-moved'), alias: aliasName }),
  z.strictObject({
    on: z.literal('schedule'),
    cron: z.string().min(1).max(200).describe('As in a schedule, e.g. `0 3 * * *`'),
    timezone: z.string().min(1).max(60).default('UTC').describe('An IANA time zone, e.g. `Europe/Berlin`'),
  }),
])
export type GateTrigger = z.infer<typeof gateTrigger>

/** A gate as a file holds it: what every new version of a model must still do. */
export const gateSpec = z.strictObject({
  apiVersion: z.literal('goalpost/v1'),
  name: gateName,
  description: z.string().max(2_000).optional(),
  model: modelName.describe('The model whose versions are tested'),
  spec: jsonObject.describe('An experiment spec without a subject: each run adds the version that it tests'),
  rules: z.array(gateRule).min(1).max(20),
  triggers: z
    .array(gateTrigger)
    .max(10)
    .default([{ on: 'version-registered' }]),
  stages: stages.prefault({}),
  statistics: gateStatistics.prefault({}),
})
export type GateSpec = z.infer<typeof gateSpec>
export type GateSpecInput = z.input<typeof gateSpec>
