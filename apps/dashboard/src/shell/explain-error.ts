import { errorTable, GoalpostError } from '@goalpost/contracts'

/** What happened, for people. */
export function explainError(error: unknown): string {
  if (error instanceof GoalpostError) return error.message
  return error instanceof Error ? `This page has a fault: ${error.message}` : 'This page has a fault'
}

export function isRetryable(error: unknown): boolean {
  return error instanceof GoalpostError && errorTable[error.code].retryable
}
