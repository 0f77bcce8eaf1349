import type { ArtifactRef } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { parsePolicySnapshot, type PolicySnapshot } from '@goalpost/learning'
import { artifactNames } from '../../worlds/artifact-names.ts'

/** The policy of the training, or of its checkpoint, that an evaluation needs. */
export function findPolicy({ dependencies: [training] }: TaskContext['assignment']): ArtifactRef {
  const parts = training?.checkpoint?.parts ?? training?.result?.artifacts ?? []
  const part = parts.find(({ name }) => name === artifactNames.policy)
  if (part === undefined) throw new Error('The training produced no policy to evaluate')
  return part
}

export async function readPolicy({ assignment, artifacts }: TaskContext): Promise<PolicySnapshot> {
  return parsePolicySnapshot(await artifacts.read(findPolicy(assignment).hash))
}
