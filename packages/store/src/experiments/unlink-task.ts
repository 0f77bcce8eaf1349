import { noteUnneeded } from '../storage/note-unneeded.ts'
import type { Change } from '../tasks/change.ts'
import { lockTasks } from '../tasks/locked-task.ts'
import { cancelUnwanted } from '../tasks/revive.ts'

/** Takes a task away from an experiment: it is cancelled unless another wants it. */
export async function unlinkTask(change: Change, experimentId: string, taskId: string): Promise<void> {
  // Locked first, so that none of its changes is published to an experiment that is being unlinked.
  await lockTasks(change.queries, [taskId])
  await change.queries.experimentTask.delete({ where: { experimentId_taskId: { experimentId, taskId } } })
  await cancelUnwanted(change, [taskId], {})
  await noteUnneeded(change, [taskId])
}
