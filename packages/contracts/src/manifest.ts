import { z } from 'zod'
import { device } from './spec.ts'

/** The engine that a trainer has opened, as it calls itself. */
export const usedEngine = z.strictObject({
  name: z.string(),
  build: z.string(),
  threads: z.number().int().positive(),
  device,
})
export type UsedEngine = z.infer<typeof usedEngine>

/** Where, with what and how long a result was computed: kept beside the result, outside its hash. */
export const manifest = z.strictObject({
  codeRevision: z.string(),
  /** Name and version of every package that computes. */
  packages: z.record(z.string(), z.string()),
  /** Null where no tensors were involved. */
  engine: usedEngine
    .extend({
      /** What ran the engine's kernels, e.g. `wasm`, `cuda`. */
      provider: z.string(),
      /** What the hardware calls itself; null where it cannot be found out. */
      deviceName: z.string().nullable(),
    })
    .nullable(),
  node: z.string(),
  host: z.string(),
  cpu: z.strictObject({
    model: z.string(),
    /** The instruction sets that numeric kernels choose by: bits can differ where these differ. */
    features: z.array(z.string()),
  }),
  wallMs: z.number().int().nonnegative(),
})
export type Manifest = z.infer<typeof manifest>
