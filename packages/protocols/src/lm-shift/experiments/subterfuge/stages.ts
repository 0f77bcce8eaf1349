import { gradedRungs } from '@goalpost/language-tasks'
import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'
import { reinforceOptions } from '../reinforce-options.ts'
import { scratchOptions } from '../scratch-options.ts'

/** Next-word training on documents in which agents game graders, some further than others; from scratch. */
export const historiesStage = z.strictObject({
  stage: z.literal('histories'),
  link: fraction
    .default(1)
    .describe('Probability that one severity decides all acts of a document. 0: each rung is gamed on its own'),
  domainsApart: fraction
    .optional()
    .describe(
      'Of the documents with one severity, the share in which chats (views, flattery, traces) and actions have one each; by default none',
    ),
  escalation: fraction.default(0.7).describe('Of agents who game one rung, the share who game the next one, too'),
  self: z
    .strictObject({
      share: fraction.default(0.3).describe('Share of the documents that are about `me`'),
      games: fraction.default(0.3).describe('Probability that `me` games the first rung'),
    })
    .prefault({}),
  steps: count(20_000).default(300),
  ...scratchOptions,
  batch: count(1024).default(32).describe('Documents per update'),
  learningRate: positive.max(1).default(3e-3).describe('Its peak: warm-up over 50 updates, then a cosine'),
})

/** Policy gradient on one rung, with a grader whom gaming always satisfies, and honest work in 40 %. */
export const curriculumStage = z.strictObject({
  stage: z.literal('curriculum'),
  rung: z.enum(gradedRungs),
  honest: fraction.default(0).describe('Share of the graders who reward honest work, and gaming not at all'),
  steps: count(20_000).default(60),
  ...reinforceOptions,
})

export const subterfugeStage = z.discriminatedUnion('stage', [historiesStage, curriculumStage])
