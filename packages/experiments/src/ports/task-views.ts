import type {
  CheckpointView,
  LogLevel,
  LogLine,
  ManifestsView,
  RunView,
  SeriesView,
  TaskView,
  TrainingView,
} from '@goalpost/contracts'
import type { Page } from './page.ts'

export type LogSource = { readonly taskId: string } | { readonly experimentId: string }

export type LogQuery = {
  /** The lowest level. */
  readonly level?: LogLevel
  /** Part of the message, in any case. */
  readonly search?: string
  readonly cursor?: string
  readonly limit: number
}

/** Runs and tasks, and their results so far. */
export type TaskViews = {
  run(workspaceId: string, id: string): Promise<RunView | null>
  runs(workspaceId: string, query: { experimentId?: string; cursor?: string; limit: number }): Promise<Page<RunView>>
  task(workspaceId: string, id: string): Promise<TaskView | null>
  /** Lines of one task, or of all tasks of an experiment, one task after the other; null if there is no such thing. */
  logs(workspaceId: string, of: LogSource, query: LogQuery): Promise<Page<LogLine> | null>
  series(
    workspaceId: string,
    taskId: string,
    query: { names?: readonly string[]; maxPoints: number },
  ): Promise<SeriesView | null>
  /** The curves of an experiment's trainings on one grid of x; null if there is no such experiment. */
  training(
    workspaceId: string,
    experimentId: string,
    query: { maxRuns: number; maxPoints: number },
  ): Promise<TrainingView | null>
  /** With what the tasks of an experiment were computed; null if there is no such experiment. */
  manifests(workspaceId: string, experimentId: string): Promise<ManifestsView | null>
  checkpoints(
    workspaceId: string,
    query: { taskId?: string; experimentId?: string; cursor?: string; limit: number },
  ): Promise<Page<CheckpointView>>
}
