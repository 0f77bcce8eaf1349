import { GoalpostError } from '@goalpost/contracts'

/** The size of a page. */
export function parseLimit(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 200) return value
  throw new GoalpostError(
    'invalid-request',
    `--limit must be a whole number from 1 to 200, not ${JSON.stringify(text)}`,
  )
}
