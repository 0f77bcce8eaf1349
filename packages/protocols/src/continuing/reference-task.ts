import { jsonObject } from '@goalpost/contracts'
import { z } from 'zod'
import { defineTask } from '@goalpost/protocol-kit'
import { environmentVersion } from '../worlds/environment-version.ts'

/** Raised whenever the reference policies are played or counted differently. */
const referencesVersion = '1'

const referenceInputs = z.strictObject({
  anchors: z.strictObject({
    environment: z.string(),
    parameters: jsonObject,
    /** The streams' first levels: of this distribution, from this seed. */
    distribution: z.string(),
    seed: z.int(),
    streams: z.int(),
    stepsPerStream: z.int(),
  }),
})
export type ContinuingReferenceInputs = z.infer<typeof referenceInputs>

/** Streams of a world that is never reset, played by the reference policies. */
export const continuingReferenceTask = defineTask({
  name: 'continuing-references',
  inputs: referenceInputs,
  versions: ({ anchors }) => ({ ...environmentVersion(anchors.environment), anchors: referencesVersion }),
  withoutEngine: true,
  short: true,
  formerKind: 'evaluate',
})
