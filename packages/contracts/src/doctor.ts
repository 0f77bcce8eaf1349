import { z } from 'zod'
import { device } from './spec.ts'

/** One check of `goalpost doctor`. `warning`: it works, but not as well as it could. */
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
  /** The hardware's own name; null if unknown. */
  deviceName: z.string().nullable(),
  /** Threads of the benchmark. */
  threads: z.number().int().positive(),
  /** Null if the engine can be used, else the reason why not. */
  missing: z.string().nullable(),
  remedy: z.string().nullable(),
  /** Median time of one fixed small update; null if not measured. */
  updateMs: z.number().nonnegative().nullable(),
})
export type ProbedEngine = z.infer<typeof probedEngine>

/** Output of the programs behind `goalpost doctor`: one JSON object per line. */
export const doctorFinding = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('check'), check: doctorCheck }),
  z.strictObject({ type: z.literal('engine'), engine: probedEngine }),
  z.strictObject({ type: z.literal('revision'), revision: z.string() }),
])
export type DoctorFinding = z.infer<typeof doctorFinding>
