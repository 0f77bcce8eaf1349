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
  const ended = counts.succeeded + counts.failed + counts.cancelled
  if (!isSettled(counts)) return counts.running > 0 || ended > 0 ? 'running' : 'waiting'
  if (counts.failed > 0) return 'failed'
  return counts.cancelled > 0 ? 'cancelled' : 'succeeded'
}

/** Whether all tasks have ended. */
export function isSettled({ blocked, ready, queued, running }: TaskCounts): boolean {
  return blocked + ready + queued + running === 0
}

/**
 * An experiment is cancelled at once, although tasks that it shares with others may continue. A search runs on between
 * its rounds.
 */
export function deriveExperimentState(
  counts: TaskCounts,
  { cancelled, searching = false }: { readonly cancelled: boolean; readonly searching?: boolean },
): ExperimentState {
  if (cancelled) return 'cancelled'
  return searching && isSettled(counts) ? 'running' : deriveRunState(counts)
}
