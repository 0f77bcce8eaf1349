import { GoalpostError } from '@goalpost/contracts'

/** The value of `--step`. */
export function parseStep(text: string): number {
  const step = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(step) && step >= 0) return step
  throw new GoalpostError('invalid-request', `--step must be a whole number, not ${JSON.stringify(text)}`)
}
