import { unchecked } from '@goalpost/protocol-kit'
import { hashJson } from '@goalpost/experiments'
import type { TrainingWorld } from './suites/suite-world.ts'

/** Equal numbers of steps or episodes take equal time in one world for one `kind` of work, such as one network. */
export function workSort(
  { environment, parameters }: Pick<TrainingWorld, 'environment' | 'parameters'>,
  kind: object,
): string {
  return hashJson(unchecked({ environment, parameters, ...kind })).slice(0, 16)
}
