import { GoalpostError } from '@goalpost/contracts'

export function noSuchGate(name: string): GoalpostError {
  return new GoalpostError('not-found', `There is no gate ${name} in this workspace`)
}

/** Its runs can still be read. */
export function deletedGate(name: string): GoalpostError {
  return new GoalpostError('state-conflict', `The gate ${name} is deleted: apply its file again to restore it`)
}
