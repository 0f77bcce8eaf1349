import { z } from 'zod'
import { device } from './spec.ts'

/** What `goalpost doctor` looks at, each with a verdict. `warning`: it works, though not as well as it could. */
export const doctorCheck = z.strictObject({
  name: z.string(),
  status: z.enum(['ok', 'warning', 'failed', 'skipped']),
  detail: z.string(),
  remedy: z.string().optional(),
})
export type DoctorCheck = z.infer<typeof doctorCheck>

/** One engine on this machine. */
export const probedEngine = z.strictObject({
  name: z.string(),
  build: z.string(),
  device,
  /** What the hardware calls itself; null where it cannot be found out. */
  deviceName: z.string().nullable(),
  /** Threads that the benchmark ran with. */
  threads: z.number().int().positive(),
  /** Null where the engine can be used, else why not. */
  missing: z.string().nullable(),
  remedy: z.string().nullable(),
  /** Median time of one fixed small update; null where none was measured. */
  updateMs: z.number().nonnegative().nullable(),
})
export type ProbedEngine = z.infer<typeof probedEngine>

/** What the programs behind `goalpost doctor` print: one JSON object per line. */
export const doctorFinding = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('check'), check: doctorCheck }),
  z.strictObject({ type: z.literal('engine'), engine: probedEngine }),
  z.strictObject({ type: z.literal('revision'), revision: z.string() }),
])
export type DoctorFinding = z.infer<typeof doctorFinding>
