import { z } from 'zod'

export const coinrunParameters = z.strictObject({
  difficulty: z
    .int()
    .min(1)
    .max(3)
    .default(2)
    .describe('Levels are of difficulty 1 to this one, uniformly; only 3 has pits. Procgen: 3'),
  walkers: z.boolean().default(false).describe('Whether monsters walk on the ground and in pits. Procgen: true'),
  moreSections: z
    .int()
    .min(0)
    .max(4)
    .default(0)
    .describe('Sections of a level beyond those of its difficulty. Procgen: 0'),
  saws: z
    .number()
    .min(0)
    .max(1)
    .multipleOf(0.1)
    .nullable()
    .default(null)
    .describe('Share, in tenths, of the sections of ground wider than 3 that have a saw. Procgen: null, 2 d / 10'),
  mirrored: z
    .boolean()
    .default(false)
    .describe('Whether half of the levels are mirrored: the agent starts at the right and has to run to the left'),
  ledges: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Share of the `anywhere` levels whose coin lies on a ledge, as in `aside`'),
  startLedge: z
    .boolean()
    .default(true)
    .describe(
      'Whether a ledge hangs over the start as often as over one section; else only where no section can hold it',
    ),
  view: z
    .enum(['symbolic', 'pixels'])
    .default('symbolic')
    .describe('What the agent sees: a window of 13 × 13 cells in 8 Boolean channels, or the same in 64 × 64 pixels'),
  maxSteps: z
    .int()
    .min(1)
    .max(100_000)
    .default(256)
    .describe('Steps after which an episode is truncated. Procgen: 1,000'),
  discount: z.number().gt(0).max(1).default(0.99).describe('γ: the coin at step t is worth γ^(t − 1)'),
})
export type CoinrunParameters = z.infer<typeof coinrunParameters>

type Newer = 'moreSections' | 'saws' | 'mirrored' | 'startLedge'
/** Worlds that were stored before these parameters existed lack them. */
export type StoredCoinrunParameters = Omit<CoinrunParameters, Newer> & Partial<Pick<CoinrunParameters, Newer>>
