import { GoalpostError } from '@goalpost/contracts'

/** The error table's code, for errors of the artifact store and of snapshots. */
export function isDamaged(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'artifact-missing'
}

/** A file of the artifact store that is gone or whose bytes have changed: another attempt may be given others. */
export function isLost(error: unknown): boolean {
  return error instanceof GoalpostError && error.missing.length > 0
}
