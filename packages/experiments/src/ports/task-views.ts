import type { CheckpointView, LogLine, RunView, SeriesView, TaskView } from '@goalpost/contracts'
import type { Page } from './page.ts'

/** Runs and tasks, and their results so far. */
export type TaskViews = {
  run(workspaceId: string, id: string): Promise<RunView | null>
  runs(workspaceId: string, query: { experimentId?: string; cursor?: string; limit: number }): Promise<Page<RunView>>
  task(workspaceId: string, id: string): Promise<TaskView | null>
  logs(workspaceId: string, taskId: string, query: { cursor?: string; limit: number }): Promise<Page<LogLine> | null>
  series(
    workspaceId: string,
    taskId: string,
    query: { names?: readonly string[]; maxPoints: number },
  ): Promise<SeriesView | null>
  checkpoints(
    workspaceId: string,
    query: { taskId?: string; experimentId?: string; cursor?: string; limit: number },
  ): Promise<Page<CheckpointView>>
}
