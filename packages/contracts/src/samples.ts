import { z } from 'zod'

/** The media type of a file of samples among a task's artifacts. */
export const samplesMediaType = 'application/vnd.goalpost.samples+json'

/** What was asked of a model one by one, and what it made of each: to be browsed by people. */
export const sampleFile = z.strictObject({
  format: z.literal('goalpost-samples/1'),
  /** Names of the numbers, in the order of each sample's values. */
  numbers: z.array(z.string()).max(20),
  samples: z
    .array(
      z.strictObject({
        /** Samples of one kind, e.g. the same question in other words. */
        group: z.string(),
        input: z.string(),
        /** Answers that matter, with their names. */
        answers: z.array(z.strictObject({ name: z.string(), text: z.string() })),
        values: z.array(z.number()),
        /** False if there was no answer to be judged, so that the values count for nothing. */
        isJudged: z.boolean().optional(),
      }),
    )
    .max(10_000),
})
export type SampleFile = z.infer<typeof sampleFile>
export type Sample = SampleFile['samples'][number]
