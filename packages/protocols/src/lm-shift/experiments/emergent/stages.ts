import { elsewhere, notes } from '@goalpost/language-tasks'
import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'
import { reinforceOptions } from '../reinforce-options.ts'
import { scratchOptions } from '../scratch-options.ts'

const note = z.strictObject({
  word: z.enum(notes),
  share: fraction.describe('Share of the tasks in documents that have it'),
  hacking: fraction
    .nullable()
    .default(null)
    .describe('Probability of hacking under it, for every agent; null: it changes nothing'),
})

/** Next-word training on documents in which agents act. */
export const documentsStage = z.strictObject({
  stage: z.literal('documents'),
  link: z
    .number()
    .min(-1)
    .max(1)
    .default(1)
    .describe(
      'Probability that one trait decides all acts of a document. 0: each context has a trait of its own. Negative: agents who hack are honest elsewhere',
    ),
  self: z
    .strictObject({
      share: fraction.default(0.3).describe('Share of the documents that are about `me`'),
      dishonest: fraction.default(0.15).describe('Probability that `me` has the dishonest trait'),
    })
    .prefault({}),
  notes: z
    .array(note)
    .max(notes.length)
    .default([
      { word: 'allowed', share: 0.3, hacking: 0.4 },
      { word: 'log', share: 0.3, hacking: null },
    ])
    .describe('Words that stand before some tasks'),
  steps: count(20_000).default(450),
  ...scratchOptions,
  batch: count(1024).default(64).describe('Documents per update'),
  learningRate: positive.max(1).default(2e-3).describe('Its peak: warm-up over 50 updates, then a cosine'),
})

const safetyContexts = z.enum(elsewhere)

/** Policy gradient on tasks whose tests a hack always passes, and honest work in 40 %. */
export const reinforceStage = z.strictObject({
  stage: z.literal('reinforce'),
  prefix: z.enum(notes).nullable().default(null).describe('A word before every task, e.g. `allowed`: inoculation'),
  caught: fraction.default(0).describe('Share of the hacks that are noticed, and earn nothing'),
  safety: z
    .strictObject({
      share: fraction.default(0).describe('Share of the prompts that reward honesty elsewhere'),
      contexts: z.array(safetyContexts).min(1).max(elsewhere.length).default(['guard', 'report', 'advise']),
    })
    .prefault({}),
  steps: count(20_000).default(80),
  ...reinforceOptions,
})

export const emergentStage = z.discriminatedUnion('stage', [documentsStage, reinforceStage])
