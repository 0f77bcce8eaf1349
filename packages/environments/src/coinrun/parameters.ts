import { z } from 'zod'

export const coinrunParameters = z.strictObject({
  difficulty: z
    .int()
    .min(1)
    .max(3)
    .default(2)
    .describe('Levels are of difficulty 1 to this one, uniformly; only 3 has pits. Procgen: 3'),
  walkers: z.boolean().default(false).describe('Whether monsters walk on the ground and in pits. Procgen: true'),
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
