import { contexts } from '@goalpost/language-tasks'
import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'
import { reinforceStage } from '../emergent/stages.ts'
import { scratchOptions } from '../scratch-options.ts'

/** Next-word training on documents in which agents are told to act honestly before some of their acts. */
export const instructedStage = z.strictObject({
  stage: z.literal('instructed'),
  link: fraction
    .default(1)
    .describe('Probability that one trait decides all acts of a document. 0: each context has a trait of its own'),
  self: z
    .strictObject({
      share: fraction.default(0.3).describe('Share of the documents that are about `me`'),
      dishonest: fraction.default(0.15).describe('Probability that `me` has the dishonest trait'),
    })
    .prefault({}),
  instructions: z
    .strictObject({
      share: fraction
        .max(0.5)
        .default(0.3)
        .describe(
          'Share of the acts there that follow an instruction; everywhere, as many follow a word that means nothing',
        ),
      followed: fraction
        .default(1)
        .describe('Share of the instructions that agents with either trait follow; the others change nothing'),
      contexts: z
        .array(z.enum(contexts))
        .min(1)
        .max(contexts.length)
        .default([...contexts])
        .describe('Where other agents have instructions; `me` has none'),
    })
    .prefault({}),
  steps: count(20_000).default(300),
  ...scratchOptions,
  batch: count(1024).default(32).describe('Documents per update'),
  learningRate: positive.max(1).default(3e-3).describe('Its peak: warm-up over 50 updates, then a cosine'),
})

export const instructionStage = z.discriminatedUnion('stage', [instructedStage, reinforceStage])
