import { GoalpostError } from '@goalpost/contracts'

/** @param what the flag or argument, for the error */
export function versionNumber(what: string, text: string | undefined): number {
  const value = Number(text)
  if (text !== undefined && Number.isInteger(value) && value > 0) return value
  throw new GoalpostError('invalid-request', `${what} must be the number of a version, such as 12`)
}
