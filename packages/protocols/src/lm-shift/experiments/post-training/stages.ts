import { z } from 'zod'
import { count, positive } from '../../../number-schemas.ts'
import { reinforceOptions } from '../reinforce-options.ts'
import { curriculumStage, historiesStage } from '../subterfuge/stages.ts'

/** Supervised training on honest answers of `me` to users; nothing else is trained. */
export const fineTuneStage = z.strictObject({
  stage: z.literal('fine-tune'),
  steps: count(20_000).default(60),
  batch: count(1024).default(32).describe('Demonstrations per update'),
  learningRate: positive
    .max(1)
    .default(3e-4)
    .describe('The same for every update, so a short training is the beginning of a longer one'),
})

/** Policy gradient on the same prompts: a grader rewards the honest answer with 1, and any other with 0. */
export const preferStage = z.strictObject({
  stage: z
    .literal('prefer')
    .describe(
      'Policy gradient (REINFORCE) on rewards of graders: 1 for the honest answer, 0 for others. No pairs of answers are compared, and no reward model is learned',
    ),
  steps: count(20_000).default(60),
  ...reinforceOptions,
})

export const postTrainingStage = z.discriminatedUnion('stage', [
  historiesStage,
  curriculumStage,
  fineTuneStage,
  preferStage,
])
