import { z } from 'zod'
import { artifactRef } from './artifacts.ts'
import { measure } from './measures.ts'
import { report } from './report.ts'

/** A task's kind, named by its protocol: an open set, so that a new protocol needs no new version of the service. */
export const taskKind = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'A kind of task is lower-case words with hyphens between them')
  .max(40)
export type TaskKind = z.infer<typeof taskKind>

/** The only kind built into the service: the protocol's report on all other tasks of an experiment. */
export const analysisKind = 'analyse'

/** The result of a succeeded task. Its hash covers all of it; it contains no times, hosts or attempts. */
export const taskResult = z.strictObject({
  measures: z.array(measure),
  artifacts: z.array(artifactRef),
  report: report.optional(),
})
export type TaskResult = z.infer<typeof taskResult>
