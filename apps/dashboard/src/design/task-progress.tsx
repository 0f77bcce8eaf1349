import type { ExperimentSummary } from '@goalpost/contracts'

/** Ended tasks of all, as bar and numbers. */
export function TaskProgress({ tasks }: Pick<ExperimentSummary, 'tasks'>) {
  const total = Object.values(tasks).reduce((sum, count) => sum + count, 0)
  const done = tasks.succeeded ?? 0
  return (
    <span className="progress">
      <progress max={total} value={done} aria-label="Finished tasks" />
      <small>
        {done} of {total} tasks
      </small>
    </span>
  )
}
