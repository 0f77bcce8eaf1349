import { count, positive } from '../../number-schemas.ts'
import { z } from 'zod'

/** What every stage of policy gradient can set. */
export const reinforceOptions = {
  prompts: count(1024).default(32).describe('Prompts per update'),
  samples: count(256).min(2).default(8).describe('Acts per prompt; their mean reward is the baseline'),
  learningRate: positive.max(1).default(3e-4),
  klPenalty: z
    .number()
    .min(0)
    .max(10)
    .default(0.02)
    .describe('Weight of the divergence from the stage’s start, in nats'),
}
