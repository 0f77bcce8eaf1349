import { z } from 'zod'
import { author } from './author.ts'
import { gateRunView } from './gate-runs.ts'
import { gateName, gateSpec } from './gate-spec.ts'
import { modelName } from './model-names.ts'
import { pageQuery } from './experiment-query.ts'

const time = z.iso.datetime()

export const gateSummary = z.strictObject({
  id: z.uuid(),
  name: gateName,
  model: modelName,
  /** Grows with every change of the gate's spec. */
  version: z.number().int().positive(),
  /** The latest run that is not part of a bisection; null before the first one. */
  latest: gateRunView.nullable(),
  createdAt: time,
  createdBy: author,
  updatedAt: time,
  /** Who wrote the current version of its spec. */
  updatedBy: author,
  /** It is not listed and starts no runs; those it has had can be read. */
  deletedAt: time.nullable(),
})
export type GateSummary = z.infer<typeof gateSummary>

export const gateView = gateSummary.extend({
  spec: gateSpec,
  /** When its schedule triggers next; null without one. */
  nextAt: time.nullable(),
})
export type GateView = z.infer<typeof gateView>

export const gateQuery = pageQuery.extend({
  model: modelName.optional().describe('Only gates of this model'),
  name: z.string().max(80).optional().describe('Only gates whose name contains this'),
})
export type GateQuery = z.input<typeof gateQuery>
