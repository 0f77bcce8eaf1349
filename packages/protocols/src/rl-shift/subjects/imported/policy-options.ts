import { z } from 'zod'
import { positive } from '../../../number-schemas.ts'
import { isHash } from '../../../is-hash.ts'

const uploaded = z
  .string()
  .refine(
    isHash,
    'Give the SHA-256 of an uploaded file, as printed by `goalpost upload`; the command line also takes `file:path`',
  )
const portName = z.string().min(1).max(200)

/** Imported policies, instead of training. */
export const policy = z.strictObject({
  onnx: z
    .union([uploaded, z.array(uploaded).min(1).max(1000)])
    .describe(
      'Uploaded ONNX files, by hash: one, or one per seed of the original training (seed s plays number s modulo their ' +
        'number). The command line uploads `file:path` for you.',
    ),
  input: portName.default('observation').describe('Name of the models’ input'),
  output: portName.default('logits').describe('Name of the models’ output with the logits'),
  timeLimit: positive.max(300).default(10).describe('Time limit for one batch, in seconds'),
})
export type PolicyOptions = z.infer<typeof policy>
