import { GoalpostError, errorCode, systemErrorCode } from '@goalpost/contracts'
import type { ErrorCode } from '@goalpost/contracts'
import { TaskCancelled } from '@goalpost/experiments'

type Explained = {
  readonly code: ErrorCode
  readonly message: string
  readonly missing?: string[]
  readonly detail?: string
}

/** Maps an error to the table's codes. `detail` is for logs, as it may contain paths and stacks. */
export function explainFailure(error: unknown): Explained {
  // Asked for: nobody needs its stack.
  if (error instanceof TaskCancelled) return { code: 'experiment-cancelled', message: error.message }
  if (!(error instanceof Error)) return { code: 'task-failed', message: String(error) }
  const missing = error instanceof GoalpostError && error.missing.length > 0 ? { missing: [...error.missing] } : {}
  return { code: codeOf(error), message: error.message || error.name, ...missing, detail: stackOf(error) }
}

function codeOf(error: Error): ErrorCode {
  if (error instanceof GoalpostError) return error.code
  const code = systemErrorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'storage-full'
  // Packages that may not import the table, such as the engine, set its codes on plain errors.
  const named = errorCode.safeParse(code)
  return named.success ? named.data : 'task-failed'
}

function stackOf(error: Error): string {
  const stack = error.stack ?? error.message
  return error.cause instanceof Error ? `${stack}\nCaused by: ${stackOf(error.cause)}` : stack
}
