/** Training has produced a non-finite number; continuing would only spread it. */
export class NotFiniteError extends Error {
  readonly code = 'not-finite'

  constructor(what: string, step: number) {
    super(`${what} is not finite after ${step} environment steps`)
    this.name = 'NotFiniteError'
  }
}
