import { unknownCounts } from '@goalpost/language-tasks'
import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'
import { scratchOptions } from '../scratch-options.ts'

/** Supervised dialogues in which an expression's unknowns are asked for, from scratch. */
export const dialoguesStage = z.strictObject({
  stage: z.literal('dialogues'),
  unknowns: z
    .array(z.literal(unknownCounts))
    .min(1)
    .max(unknownCounts.length)
    .default([2])
    .describe('Numbers of unknowns in dialogues, each as frequent'),
  mixed: fraction.default(0).describe('Share of the dialogues that have 0 to 3 unknowns instead'),
  worked: fraction
    .default(0.35)
    .describe('Share of the texts that teach values for 0 to 3 unknowns, but not whether to ask'),
  steps: count(20_000).default(250),
  ...scratchOptions,
  batch: count(1024).default(96).describe('Dialogues per update'),
  learningRate: positive.max(1).default(3e-3).describe('Its peak: warm-up over 50 updates, then a cosine'),
})
