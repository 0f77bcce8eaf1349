import type { InputIssue } from '@goalpost/contracts'
import { issuesOf } from './spec-issues.ts'

/** What was refused, and the starting point that it was about. */
export type KeptIssues = { readonly start: number; readonly issues: readonly InputIssue[] }

type Answer = {
  readonly isError: boolean
  readonly isSuccess: boolean
  /** Whether it is the answer to an earlier question. */
  readonly isPlaceholderData: boolean
  readonly error: unknown
}

/**
 * The issues to show. Those before stay until the service has answered again, so that nothing flickers, but they are
 * not carried to another starting point.
 */
export function issuesNow(before: KeptIssues, answer: Answer, start: number): KeptIssues {
  const isAnswered = answer.isError || (answer.isSuccess && !answer.isPlaceholderData)
  const issues = isAnswered ? issuesOf(answer.error) : before.start === start ? before.issues : issuesOf(null)
  return issues === before.issues && start === before.start ? before : { start, issues }
}
