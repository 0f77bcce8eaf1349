import { algorithmVersion as evaluationVersion } from '@goalpost/evaluation'
import { z } from 'zod'
import { defineTask } from '@goalpost/protocol-kit'
import { environmentVersion } from '../worlds/environment-version.ts'
import { worldInputs } from '../worlds/suites/world-inputs.ts'
import { hiddenPlay } from './hidden-play.ts'
import { importedPolicyInputs } from './subjects/imported/imported-policy-inputs.ts'
import { network } from './subjects/trained/network-options.ts'
import { trainedLevels } from './subjects/trained/trained-levels.ts'
import { trainingVersion } from './subjects/trained/training-version.ts'

/** Raised whenever policies made elsewhere are fed or read in another way. */
const importingVersion = '1'

const common = z.strictObject({
  suites: z.array(worldInputs).min(1).readonly(),
  acting: z
    .array(z.enum(['sampled', 'greedy']))
    .min(1)
    .readonly(),
  episodesPerLevel: z.int(),
  batch: z.int(),
  /** Environment steps that the evaluated policy was trained for. */
  step: z.int(),
  /** Whether the outcome of every level is kept, for verdicts and comparisons. */
  keepOutcomes: z.boolean(),
  /** Suites that are played once more with an object out of sight, in the first acting mode; none where left out. */
  hidden: z.array(hiddenPlay).readonly().optional(),
  /** Episodes of each suite that are kept to be looked at, those that pursue the wrong goal; none where left out. */
  recordings: z.int().optional(),
  /** Episodes of each suite and acting mode whose actions are kept; none where left out. */
  trajectories: z.int().optional(),
})

/** Of the policy that the needed training left. */
const ofTrained = common.extend({
  network,
  /** Whose levels the evaluation looks for in its suites, at the end of a training; nowhere, where left out. */
  training: trainedLevels.optional(),
})

/** Of the policy in an uploaded file. */
const ofImported = common.extend({ policy: importedPolicyInputs })

const evaluateInputs = z.union([ofTrained, ofImported])
export type EvaluateInputs = z.infer<typeof evaluateInputs>
export type ImportedEvaluateInputs = z.infer<typeof ofImported>

/** Every suite, played by one policy. */
export const evaluateTask = defineTask({
  name: 'evaluate',
  inputs: evaluateInputs,
  versions: (inputs) => ({
    ...environmentVersion(inputs.suites[0].environment),
    evaluation: evaluationVersion,
    ...('policy' in inputs ? { importing: importingVersion } : { training: trainingVersion }),
  }),
  short: true,
})

export const evaluationKey = (step: number) => `evaluate@${step}`
