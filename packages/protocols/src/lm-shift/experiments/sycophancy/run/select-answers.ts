import type { TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { stageArtifacts } from '../../../run/read-model.ts'
import { encodeSelection, selectionArtifact } from '../../../run/selection.ts'
import type { BestOfInputs } from '../../../tasks.ts'

/** Both models of the stage before, and how many answers are sampled. Probes compute the rest exactly. */
export async function selectAnswers(context: TaskContext, { samples }: BestOfInputs): Promise<TaskResult> {
  const selection = await context.artifacts.write({
    name: selectionArtifact,
    bytes: encodeSelection({ samples }),
    mediaType: 'application/json',
  })
  return { measures: [], artifacts: [...stageArtifacts(context), selection] }
}
