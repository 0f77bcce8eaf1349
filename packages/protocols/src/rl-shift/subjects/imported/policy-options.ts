import { z } from 'zod'
import { positive } from '../../../number-schemas.ts'
import { isHash } from '../../../is-hash.ts'

const uploaded = z
  .string()
  .refine(
    isHash,
    'An uploaded file is named by its SHA-256, which `goalpost upload` prints; the command line takes `file:path` as well',
  )
const portName = z.string().min(1).max(200)

/** Imported policies, instead of training. */
export const policy = z.strictObject({
  onnx: z
    .union([uploaded, z.array(uploaded).min(1).max(1000)])
    .describe(
      'Uploaded ONNX files, by hash: one, or one for each seed of a training elsewhere (seed s plays number s modulo their ' +
        'number). The command line uploads `file:path` for you.',
    ),
  input: portName.default('observation').describe('What the models call their input'),
  output: portName.default('logits').describe('What the models call the output with the logits'),
  timeLimit: positive.max(300).default(10).describe('Seconds that one batch may take'),
})
export type PolicyOptions = z.infer<typeof policy>
