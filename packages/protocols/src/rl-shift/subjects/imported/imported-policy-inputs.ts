export type ImportedPolicyInputs = {
  /** Hash of the ONNX file. */
  readonly file: string
  readonly input: string
  readonly output: string
  readonly timeLimit: number
}
