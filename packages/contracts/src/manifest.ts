import { z } from 'zod'
import { device } from './spec.ts'

/** The engine that a trainer has opened, under its own name. */
export const usedEngine = z.strictObject({
  name: z.string(),
  build: z.string(),
  threads: z.number().int().positive(),
  device,
})
export type UsedEngine = z.infer<typeof usedEngine>

/** Where, with what and how long a result was computed: stored beside the result, not part of its hash. */
export const manifest = z.strictObject({
  codeRevision: z.string(),
  /** Name and version of every package that computes. */
  packages: z.record(z.string(), z.string()),
  /** Null if no tensors were involved. */
  engine: usedEngine
    .extend({
      /** The provider of the engine's kernels, e.g. `wasm`, `cuda`. */
      provider: z.string(),
      /** The hardware's own name; null if unknown. */
      deviceName: z.string().nullable(),
    })
    .nullable(),
  node: z.string(),
  host: z.string(),
  cpu: z.strictObject({
    model: z.string(),
    /** The instruction sets that decide which numeric kernels run: if they differ, bits can differ. */
    features: z.array(z.string()),
  }),
  wallMs: z.number().int().nonnegative(),
})
export type Manifest = z.infer<typeof manifest>
