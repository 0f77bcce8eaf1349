import { z } from 'zod'
import { author } from './author.ts'
import { gateName } from './gate-spec.ts'

/** A search for the first version that violates a gate. */

const time = z.iso.datetime()
const versionNumber = z.number().int().positive()

export const bisectionRequest = z.strictObject({
  good: versionNumber.describe('A version known to keep the rules'),
  bad: versionNumber.describe('A later version known to violate them'),
  errorRate: z.number().gt(0).lt(1).default(0.05).describe('Probability that the answer is wrong'),
})
export type BisectionRequest = z.infer<typeof bisectionRequest>
export type BisectionRequestInput = z.input<typeof bisectionRequest>

/** One tested version. */
export const bisectionProbe = z.strictObject({
  version: versionNumber,
  gateRunId: z.uuid(),
  /** `open`: not decided within the budget. Null while it is evaluated. */
  state: z.enum(['good', 'bad', 'open']).nullable(),
  units: z.number().int().nonnegative(),
})
export type BisectionProbe = z.infer<typeof bisectionProbe>

export const bisectionView = z.strictObject({
  id: z.uuid(),
  gate: gateName,
  good: versionNumber,
  bad: versionNumber,
  errorRate: z.number(),
  /** In the order of the search. */
  probes: z.array(bisectionProbe),
  state: z.enum(['running', 'ended']),
  /** The last version found to be good; null while it is running. */
  lastGood: versionNumber.nullable(),
  /** The first bad version; several if those between could not be decided within the budget. Empty while running. */
  candidates: z.array(versionNumber),
  createdAt: time,
  createdBy: author,
  endedAt: time.nullable(),
})
export type BisectionView = z.infer<typeof bisectionView>
