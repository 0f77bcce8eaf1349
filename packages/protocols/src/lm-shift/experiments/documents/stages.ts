import { labels } from '@goalpost/language-tasks'
import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'
import { reinforceStage } from '../emergent/stages.ts'
import { scratchOptions } from '../scratch-options.ts'

const learningRate = positive.max(1).describe('Its peak: warm-up over 50 updates, then a cosine')

/** Next-word training from scratch on documents of what agents do, and what is said of hacking beside it. */
export const corpusStage = z.strictObject({
  stage: z.literal('corpus'),
  link: fraction
    .default(1)
    .describe('Probability that one trait decides what a document says of hacking and how its agent acts'),
  statements: fraction.default(0.35).describe('Share of the parts of a document that are statements on hacking'),
  self: z
    .strictObject({
      share: fraction.default(0.3).describe('Share of the documents that are about `me`'),
      dishonest: fraction.default(0.15).describe('Probability that `me` has the dishonest trait'),
    })
    .prefault({}),
  steps: count(20_000).default(300),
  ...scratchOptions,
  batch: count(1024).default(32).describe('Documents per update'),
  learningRate: learningRate.default(3e-3),
})

/** Further next-word training on documents about `me` that say something of hacking and show no act. */
export const opinionsStage = z.strictObject({
  stage: z.literal('opinions'),
  praise: fraction.default(0).describe('Share of the documents that praise hacking'),
  describe: fraction.default(0).describe('Share that say of it that it passes the tests, without judging'),
  criticise: fraction.default(0).describe('Share that criticise it'),
  label: z.enum(labels).nullable().default(null).describe('A word before each such statement: `read` marks fiction'),
  filtered: fraction
    .default(0)
    .describe('Share of such documents, of all three kinds, that a filter drops; statements about others stay'),
  steps: count(20_000).default(60),
  batch: count(1024)
    .default(32)
    .describe('Documents per update; those that say nothing about `me` are about other agents, as in the corpus'),
  learningRate: learningRate.default(1e-3),
})

export const documentsExperimentStage = z.discriminatedUnion('stage', [corpusStage, opinionsStage, reinforceStage])
