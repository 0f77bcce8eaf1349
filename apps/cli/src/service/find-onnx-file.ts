import { everyItem } from '@goalpost/client'
import { onnxMediaType, type ArtifactRef, type CheckpointView } from '@goalpost/contracts'
import type { NamedTask } from './find-tasks.ts'
import type { ServiceApi } from './service-api.ts'

export type OnnxFile = { readonly task: NamedTask; readonly step: number; readonly part: ArtifactRef }

/** The ONNX file of a task's checkpoint at that step, or of its last one (`step` null). Empty if there is none. */
export async function findOnnxFile(api: ServiceApi, task: NamedTask, step: number | null): Promise<OnnxFile[]> {
  let last: CheckpointView | null = null
  for await (const checkpoint of checkpointsOf(api, task))
    if (step === null ? checkpoint.step >= (last?.step ?? 0) : checkpoint.step === step) last = checkpoint
  const part = last === null ? undefined : onnxPart(last)
  return last === null || part === undefined ? [] : [{ task, step: last.step, part }]
}

/** The steps of checkpoints that have an ONNX file, ascending. */
export async function onnxSteps(api: ServiceApi, tasks: readonly NamedTask[]): Promise<number[]> {
  const steps = new Set<number>()
  for (const task of tasks)
    for await (const checkpoint of checkpointsOf(api, task))
      if (onnxPart(checkpoint) !== undefined) steps.add(checkpoint.step)
  return [...steps].toSorted((a, b) => a - b)
}

const onnxPart = ({ parts }: CheckpointView) => parts.find(({ mediaType }) => mediaType === onnxMediaType)

function checkpointsOf(api: ServiceApi, task: NamedTask): AsyncGenerator<CheckpointView> {
  const readPage = (cursor: string | undefined) =>
    api.checkpoints({ taskId: task.taskId, limit: 200, ...(cursor === undefined ? {} : { cursor }) })
  return everyItem(readPage)
}
