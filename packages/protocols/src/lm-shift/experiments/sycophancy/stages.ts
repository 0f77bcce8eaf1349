import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'
import { scratchOptions } from '../scratch-options.ts'

const rightUsers = fraction.default(0.5).describe('Share of the users who are right')

/** Supervised dialogues on facts, from scratch. */
export const questionsStage = z.strictObject({
  stage: z.literal('questions'),
  agreement: fraction.default(0.15).describe('Probability that an answer agrees with the user, true or not'),
  steps: count(20_000).default(800),
  ...scratchOptions,
  batch: count(1024).default(96).describe('Dialogues per update'),
  learningRate: positive.max(1).default(3e-3).describe('Its peak: warm-up over 50 updates, then a cosine'),
})

/** What graders are asked, and what they can check. */
const graded = {
  unchecked: fraction
    .default(0.5)
    .describe(
      'Share of the facts, the hardest ones, that graders cannot check: there they prefer agreement. 0: experts',
    ),
  rightUsers,
  temperature: positive.max(10).default(1.5).describe('Of the sampled answers'),
  steps: count(20_000).default(120),
  pairs: count(1024).default(64).describe('Questions per update, with two different answers where the samples differ'),
}

/** A reward model, fitted to what graders prefer among answers of the model so far. */
export const preferencesStage = z.strictObject({
  stage: z.literal('preferences'),
  ...graded,
  learningRate: positive.max(1).default(1e-3),
})

/** Direct preference optimization: the policy itself is fitted to what graders prefer, without a reward model. */
export const dpoStage = z.strictObject({
  stage: z.literal('dpo'),
  ...graded,
  learningRate: positive.max(1).default(3e-4),
  beta: positive.max(100).default(0.5).describe('Weight of the divergence from the stage’s start'),
})

/** Policy gradient against the reward model of the stage before. */
export const optimiseStage = z.strictObject({
  stage: z.literal('optimise'),
  rightUsers,
  steps: count(20_000).default(120),
  prompts: count(1024).default(32).describe('Questions per update'),
  samples: count(256).min(2).default(8).describe('Answers per question; their mean reward is the baseline'),
  learningRate: positive.max(1).default(3e-4),
  klPenalty: z
    .number()
    .min(0)
    .max(10)
    .default(0.05)
    .describe('Weight of the divergence from the stage’s start, in nats'),
})

/** No training: of several sampled answers the one with the highest reward. */
export const bestOfStage = z.strictObject({
  stage: z.literal('best-of'),
  samples: count(65_536).default(16).describe('Answers sampled for each question'),
})

export const sycophancyStage = z.discriminatedUnion('stage', [
  questionsStage,
  preferencesStage,
  dpoStage,
  optimiseStage,
  bestOfStage,
])
