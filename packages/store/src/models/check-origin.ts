import type { ModelRegistration } from '@goalpost/contracts'
import type { WhichModel } from '@goalpost/experiments'
import type { ModelChange } from './locked-model.ts'
import { unknownValue } from './refusals.ts'

/** Refuses a registration that names a file, experiment or task that the workspace does not have. */
export async function checkOrigin(
  { queries }: ModelChange,
  { workspaceId }: WhichModel,
  { artifact, experimentId, taskId }: ModelRegistration,
): Promise<void> {
  // Locked, so that it is not removed before the version refers to it.
  const [file] = await queries.$queryRaw<{ hash: string }[]>`
    SELECT hash FROM artifacts WHERE workspace_id = ${workspaceId}::uuid AND hash = ${artifact} FOR KEY SHARE`
  if (file === undefined) {
    const remedy = 'Upload it first: goalpost upload <file>, or POST /v1/artifacts'
    throw unknownValue('/artifact', `there is no file ${artifact} in this workspace`, remedy)
  }
  const select = { id: true }
  if (experimentId !== undefined) {
    const found = await queries.experiment.findFirst({ where: { id: experimentId, workspaceId }, select })
    if (found === null) throw unknownValue('/experimentId', `there is no experiment ${experimentId} in this workspace`)
  }
  if (taskId !== undefined) {
    const found = await queries.task.findFirst({ where: { id: taskId, workspaceId }, select })
    if (found === null) throw unknownValue('/taskId', `there is no task ${taskId} in this workspace`)
  }
}
