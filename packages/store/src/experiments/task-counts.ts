import type { ExperimentSummary } from '@goalpost/contracts'
import type { Experiment } from '../generated/client.ts'

type Counters = Pick<
  Experiment,
  'tasksBlocked' | 'tasksReady' | 'tasksQueued' | 'tasksRunning' | 'tasksSucceeded' | 'tasksFailed' | 'tasksCancelled'
>

/** How many of its tasks are in which state. */
export const taskCountsOf = (row: Counters): ExperimentSummary['tasks'] => ({
  blocked: row.tasksBlocked,
  ready: row.tasksReady,
  queued: row.tasksQueued,
  running: row.tasksRunning,
  succeeded: row.tasksSucceeded,
  failed: row.tasksFailed,
  cancelled: row.tasksCancelled,
})
