import { z } from 'zod'
import { count } from '../../../number-schemas.ts'

const activation = z.enum(['relu', 'tanh']).default('relu')
const crop = z
  .number()
  .int()
  .min(0)
  .max(16)
  .default(0)
  .describe('Cells cropped on every side of the observation, such as a border of wall that never changes')

const mlp = z.strictObject({
  kind: z.literal('mlp'),
  hidden: z.array(count(4096)).min(1).max(6).default([128, 64]),
  activation,
  crop,
})

const conv = z.strictObject({
  kind: z.literal('conv').describe('3×3 convolutions, then one dense layer'),
  channels: z.array(count(512)).min(1).max(6).default([16, 32]),
  dense: count(4096).default(64),
  activation,
  crop,
})

const impala = z.strictObject({
  kind: z
    .literal('impala')
    .describe('The large residual network of IMPALA (Espeholt et al., 2018), then one dense layer'),
  channels: z
    .array(count(512))
    .min(1)
    .max(6)
    .default([16, 32, 32])
    .describe('Per stage: a convolution, max pooling that halves height and width, two residual blocks'),
  dense: count(4096).default(256),
  crop,
})

const lstm = z.strictObject({
  kind: z.literal('lstm').describe('A network without memory, then an LSTM that remembers within an episode'),
  trunk: z.discriminatedUnion('kind', [mlp, conv, impala]).prefault({ kind: 'mlp' }),
  width: count(1024).default(256).describe('Size of the hidden state and of the cell state'),
})

export const network = z.discriminatedUnion('kind', [mlp, conv, impala, lstm])
export type NetworkOptions = z.infer<typeof network>
