/** An imported model that cannot be used; the message has the expected and the actual value and a remedy. */
export class ImportedModelError extends Error {
  /** `model-refused`: the file does not fit. `model-failed`: it could not be loaded or run. */
  readonly code: 'model-refused' | 'model-failed'

  constructor(code: ImportedModelError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ImportedModelError'
    this.code = code
  }
}
