import { z } from 'zod'

export const importedPolicyInputs = z.strictObject({
  /** Hash of the ONNX file. */
  file: z.string(),
  input: z.string(),
  output: z.string(),
  timeLimit: z.number(),
})
export type ImportedPolicyInputs = z.infer<typeof importedPolicyInputs>
