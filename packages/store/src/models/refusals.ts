import { GoalpostError, type VersionReference } from '@goalpost/contracts'
import type { WhichModel } from '@goalpost/experiments'

export function noSuchModel({ model }: WhichModel): GoalpostError {
  return new GoalpostError('not-found', `There is no model ${model} in this workspace`)
}

export function noSuchVersion({ model }: WhichModel, version: VersionReference): GoalpostError {
  return new GoalpostError('not-found', `The model ${model} has no version ${version}`)
}

/** Names the field of the request. */
export function unknownValue(pointer: string, message: string, remedy?: string): GoalpostError {
  const issue = { pointer, message, ...(remedy === undefined ? {} : { remedy }) }
  return new GoalpostError('unknown-value', `${pointer}: ${message}`, { issues: [issue] })
}
