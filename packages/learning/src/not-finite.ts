/** Training has produced a non-finite number; continuing would only spread it. */
export class NotFiniteError extends Error {
  readonly code = 'not-finite'

  constructor(what: string, step: number, unit = 'environment steps') {
    super(`${what} is not finite after ${step} ${unit}`)
    this.name = 'NotFiniteError'
  }
}
