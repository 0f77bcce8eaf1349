import type { ExperimentState, RunState, TaskState } from '@goalpost/contracts'

export type TaskCounts = Readonly<Record<TaskState, number>>

export const taskStates = ['blocked', 'ready', 'queued', 'running', 'succeeded', 'failed', 'cancelled'] as const

export const noTasks: TaskCounts = {
  blocked: 0,
  ready: 0,
  queued: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
}

export function countStates(states: readonly TaskState[]): TaskCounts {
  const counts = { ...noTasks }
  for (const state of states) counts[state] += 1
  return counts
}

export function isEnded(state: TaskState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled'
}

/**
 * While tasks are left: `running` once a task runs or has ended, else `waiting`. When all have ended, the
 * worst decides: failed, then cancelled, then succeeded.
 */
export function deriveRunState(counts: TaskCounts): RunState {
  const open = counts.blocked + counts.ready + counts.queued + counts.running
  const ended = counts.succeeded + counts.failed + counts.cancelled
  if (open > 0) return counts.running > 0 || ended > 0 ? 'running' : 'waiting'
  if (counts.failed > 0) return 'failed'
  return counts.cancelled > 0 ? 'cancelled' : 'succeeded'
}

/** An experiment is cancelled at once, although tasks that it shares with others may continue. */
export function deriveExperimentState(counts: TaskCounts, cancelled: boolean): ExperimentState {
  return cancelled ? 'cancelled' : deriveRunState(counts)
}
