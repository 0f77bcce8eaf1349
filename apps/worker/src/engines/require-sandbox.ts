import { GoalpostError } from '@goalpost/contracts'
import type { Sandbox } from '@goalpost/engine/sandbox'
import { sandboxRemedy } from './remedies.ts'

/** @throws GoalpostError `engine-unavailable` if imported models could read files or use the network here. */
export function requireSandbox(sandbox: Sandbox): void {
  if (sandbox === 'bubblewrap') return
  throw new GoalpostError(
    'engine-unavailable',
    `GOALPOST_MODEL_SANDBOX is required, but bubblewrap does not work on this machine. ${sandboxRemedy}`,
  )
}
