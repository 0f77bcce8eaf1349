import { z } from 'zod'
import { count, fraction, positive } from '../../../number-schemas.ts'

/** PPO, in the field's terms. Defaults are the small setting that is known to show the effect on CPUs. */
export const ppo = z.strictObject({
  environments: count(4096).default(256).describe('Episodes run in parallel'),
  rolloutSteps: count(4096).default(32).describe('Steps of each environment between two updates'),
  epochs: count(64).default(4),
  minibatches: count(256).default(4),
  learningRate: positive.max(1).default(2e-3),
  schedule: z.enum(['constant', 'linear']).default('constant').describe('`linear` falls to 0 at the last step'),
  gaeLambda: fraction.default(0.95),
  clip: positive.max(1).default(0.2),
  valueClip: z.union([positive, z.null()]).default(0.2).describe('null: the value loss is not clipped'),
  entropyCoefficient: z.number().min(0).max(1).default(0.01),
  valueCoefficient: z.number().min(0).max(10).default(0.5),
  maxGradientNorm: positive.default(0.5),
  adamEpsilon: positive.max(0.1).default(1e-5),
  standardizeAdvantages: z.boolean().default(true).describe('Within each minibatch'),
  bootstrapTruncated: z
    .boolean()
    .default(true)
    .describe('Whether the value target of an episode cut off by the step limit bootstraps from its last observation'),
})
