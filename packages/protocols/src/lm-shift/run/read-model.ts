import { GoalpostError, type TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { parseLanguageSnapshot, parseRewardSnapshot, type LanguageSnapshot } from '@goalpost/learning'

export const modelArtifact = 'model'
export const rewardModelArtifact = 'reward-model'

/** What the stage before has left. */
export function stageArtifacts({ assignment }: TaskContext): TaskResult['artifacts'] {
  return assignment.dependencies[0]?.result?.artifacts ?? []
}

/** The model that the stage before has trained. */
export async function readModel(context: TaskContext): Promise<LanguageSnapshot> {
  const bytes = await readIfThere(context, modelArtifact)
  if (bytes === null) throw new GoalpostError('artifact-missing', 'The stage before has left no model')
  return parseLanguageSnapshot(bytes)
}

/** The reward model that the stage before has trained, or handed on. */
export async function readRewardModel(context: TaskContext): Promise<LanguageSnapshot> {
  const model = await findRewardModel(context)
  if (model === null) throw new GoalpostError('artifact-missing', 'The stage before has left no reward model')
  return model
}

export async function findRewardModel(context: TaskContext): Promise<LanguageSnapshot | null> {
  const bytes = await readIfThere(context, rewardModelArtifact)
  return bytes === null ? null : parseRewardSnapshot(bytes)
}

export async function readIfThere(context: TaskContext, wanted: string): Promise<Uint8Array | null> {
  const artifact = stageArtifacts(context).find(({ name }) => name === wanted)
  return artifact === undefined ? null : context.artifacts.read(artifact.hash)
}
