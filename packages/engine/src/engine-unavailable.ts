/** This machine cannot run the requested engine; the message names what is missing. */
export class EngineUnavailable extends Error {
  readonly code = 'engine-unavailable'

  constructor(engine: string, reason: string, options?: ErrorOptions) {
    super(`The engine ${engine} is not available: ${reason}`, options)
    this.name = 'EngineUnavailable'
  }
}
