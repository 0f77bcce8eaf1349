import { errorTable, GoalpostError } from '@goalpost/contracts'

/** As browsers say that a file of a page cannot be loaded; after an update of the service, it has another name. */
const missingCode = /dynamically imported module|importing a module script failed|unable to preload css/i

/** What happened and what to do, for people. */
export function explainError(error: unknown): string {
  if (error instanceof GoalpostError) return error.message
  if (!(error instanceof Error)) return `This page has a fault. ${remedy}`
  if (missingCode.test(error.message))
    return 'A part of this page could not be loaded: the service has been updated, or cannot be reached. Reload the page.'
  return `This page has a fault: ${error.message}. ${remedy}`
}

const remedy = 'Reload the page; if that does not help, report these words to whoever runs the service.'

export function isRetryable(error: unknown): boolean {
  return error instanceof GoalpostError && errorTable[error.code].retryable
}

const mostRetries = 2

/** Whether a request that was refused so many times is sent again. */
export const shouldRetry = (failures: number, error: unknown): boolean => failures < mostRetries && isRetryable(error)
