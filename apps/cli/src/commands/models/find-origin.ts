import { GoalpostError, type ModelRegistrationInput } from '@goalpost/contracts'
import { findOnnxFile, onnxSteps } from '../../service/find-onnx-file.ts'
import { findTasks, type NamedTask } from '../../service/find-tasks.ts'
import { resolveBeginning } from '../../service/resolve-id.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { parseStep } from '../../spec-file/parse-step.ts'
import { plain } from '../../terminal/text.ts'

/**
 * The ONNX file of one checkpoint: `EXPERIMENT:CONDITION/SEED@STEP`; without `@STEP` the last one. The other forms of
 * `goalpost export` do as well if they name one training.
 */
export async function findOrigin(
  api: ServiceApi,
  text: string,
): Promise<Pick<ModelRegistrationInput, 'artifact' | 'step' | 'experimentId' | 'taskId'>> {
  const [, reference = text, stepText] = /^(.*)@(\d+)$/.exec(text) ?? []
  const step = stepText === undefined ? null : parseStep(stepText)
  const tasks = await findTasks(api, reference)
  const found = (await Promise.all(tasks.map((task) => findOnnxFile(api, task, step)))).flat()
  const [file, another] = found
  if (file === undefined) throw await noCheckpoint(api, tasks, { reference, step })
  if (another !== undefined) {
    const names = found
      .slice(0, 4)
      .map(({ task }) => plain(task.name))
      .join('; ')
    throw new GoalpostError(
      'invalid-request',
      `${reference} has ${found.length} trainings (${names}): name one, such as EXPERIMENT:CONDITION/SEED@STEP`,
    )
  }
  const experimentId = await findExperiment(api, reference)
  return {
    artifact: file.part.hash,
    step: file.step,
    taskId: file.task.taskId,
    ...(experimentId === null ? {} : { experimentId }),
  }
}

async function noCheckpoint(
  api: ServiceApi,
  tasks: readonly NamedTask[],
  { reference, step }: { readonly reference: string; readonly step: number | null },
): Promise<GoalpostError> {
  const steps = await onnxSteps(api, tasks)
  const at = step === null ? '' : ` of step ${step}`
  const known = steps.length === 0 ? '' : `: there are those of the steps ${steps.join(', ')}`
  return new GoalpostError('not-found', `${reference} has no checkpoint${at} with an ONNX file${known}`)
}

/** Null if the reference is that of a task, which may belong to several experiments. */
async function findExperiment(api: ServiceApi, reference: string): Promise<string | null> {
  try {
    const [id = ''] = (await resolveBeginning(api, reference)).split(':')
    return (await api.experiment(id)).id
  } catch (error) {
    if (error instanceof GoalpostError && ['not-found', 'invalid-request'].includes(error.code)) return null
    throw error
  }
}
