import { GoalpostError } from '@goalpost/contracts'
import type { ChangeOutcome } from '@goalpost/experiments'
import { notFound } from '../../server/problems.ts'

/** The revision that an `If-Match` names; undefined for any. */
export function namedRevision(ifMatch: string | undefined, revision: number): number | undefined {
  return ifMatch === undefined || ifMatch.trim() === '*' ? undefined : revision
}

export function requireDone(outcome: ChangeOutcome, id: string): void {
  if (outcome.ok) return
  throw outcome.code === 'not-found' ? notFound('experiment', id) : new GoalpostError(outcome.code, outcome.message)
}
