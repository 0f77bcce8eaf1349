/** A model made elsewhere that cannot be used; the message says what was expected, what was found, and what helps. */
export class ImportedModelError extends Error {
  /** `model-refused`: as a file, it is not what is needed. `model-failed`: it could not be loaded or run. */
  readonly code: 'model-refused' | 'model-failed'

  constructor(code: ImportedModelError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ImportedModelError'
    this.code = code
  }
}
