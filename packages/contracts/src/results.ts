import { z } from 'zod'
import { artifactRef } from './artifacts.ts'
import { measure } from './measures.ts'
import { report } from './report.ts'

/** What a task does, in a word of its protocol's: open, so that a new protocol needs no other version of the service. */
export const taskKind = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'A kind of task is lower-case words with hyphens between them')
  .max(40)
export type TaskKind = z.infer<typeof taskKind>

/** The one kind that the service knows by itself: the protocol's report on all other tasks of an experiment. */
export const analysisKind = 'analyse'

/** What a succeeded task leaves behind. Its hash covers all of it, and nothing of times, hosts or attempts. */
export const taskResult = z.strictObject({
  measures: z.array(measure),
  artifacts: z.array(artifactRef),
  report: report.optional(),
})
export type TaskResult = z.infer<typeof taskResult>
