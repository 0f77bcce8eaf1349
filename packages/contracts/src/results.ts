import { z } from 'zod'
import { artifactRef } from './artifacts.ts'
import { measure } from './measures.ts'
import { report } from './report.ts'

export const taskKind = z.enum(['train', 'evaluate', 'analyse'])
export type TaskKind = z.infer<typeof taskKind>

/** What a succeeded task leaves behind. Its hash covers all of it, and nothing of times, hosts or attempts. */
export const taskResult = z.strictObject({
  measures: z.array(measure),
  artifacts: z.array(artifactRef),
  report: report.optional(),
})
export type TaskResult = z.infer<typeof taskResult>
