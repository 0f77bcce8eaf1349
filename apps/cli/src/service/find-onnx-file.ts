import { everyItem } from '@goalpost/client'
import { onnxMediaType, type ArtifactRef, type CheckpointView } from '@goalpost/contracts'
import type { NamedTask } from './find-tasks.ts'
import type { ServiceApi } from './service-api.ts'

export type OnnxFile = { readonly task: NamedTask; readonly step: number; readonly part: ArtifactRef }

/** The ONNX file of a task's checkpoint at that step, or of its last one (`step` null). Empty if there is none. */
export async function findOnnxFile(api: ServiceApi, task: NamedTask, step: number | null): Promise<OnnxFile[]> {
  const readPage = (cursor: string | undefined) =>
    api.checkpoints({ taskId: task.taskId, limit: 200, ...(cursor === undefined ? {} : { cursor }) })
  let last: CheckpointView | null = null
  for await (const checkpoint of everyItem(readPage))
    if (step === null ? checkpoint.step >= (last?.step ?? 0) : checkpoint.step === step) last = checkpoint
  const part = last?.parts.find(({ mediaType }) => mediaType === onnxMediaType)
  return last === null || part === undefined ? [] : [{ task, step: last.step, part }]
}
