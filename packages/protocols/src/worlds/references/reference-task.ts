import { algorithmVersion as evaluationVersion, openLoopVersion } from '@goalpost/evaluation'
import { z } from 'zod'
import { defineTask } from '@goalpost/protocol-kit'
import { environmentVersion } from '../environment-version.ts'
import { worldInputs } from '../suites/world-inputs.ts'

const referenceInputs = z.strictObject({ reference: worldInputs, episodesPerLevel: z.int(), batch: z.int() })
export type ReferenceInputs = z.infer<typeof referenceInputs>

/** One suite, played by the reference policies and the best open-loop ones. */
export const referenceTask = defineTask({
  name: 'references',
  inputs: referenceInputs,
  versions: ({ reference }) => ({
    ...environmentVersion(reference.environment),
    evaluation: evaluationVersion,
    openLoop: openLoopVersion,
  }),
  withoutEngine: true,
  short: true,
  formerKind: 'evaluate',
})
