import type { ExperimentView, TaskSummary } from '@goalpost/contracts'

/** One reason for which tasks of an experiment failed. */
export type TaskFailure = {
  readonly message: string
  /** The first of the tasks: its name, and the run that it belongs to, if it is only one. */
  readonly task: string
  readonly run: { readonly condition: string; readonly seed: number } | null
  /** How many failed for this reason. */
  readonly tasks: number
}

type Failed = Pick<TaskFailure, 'run'> & { readonly task: TaskSummary }

/**
 * The reasons of failed tasks, the most frequent first. Tasks that never started only lacked what others failed to
 * deliver: they are left out beside those others.
 */
export function taskFailures(view: Pick<ExperimentView, 'runs' | 'sharedTasks'>): TaskFailure[] {
  const all: Failed[] = [
    ...view.sharedTasks.map((task) => ({ task, run: null })),
    ...view.runs.flatMap(({ condition, seed, tasks }) => tasks.map((task) => ({ task, run: { condition, seed } }))),
  ]
  // A task that several runs share is also listed as shared, which comes first.
  const distinct = [...new Map(all.toReversed().map((failed) => [failed.task.id, failed])).values()].toReversed()
  const failed = distinct.filter(({ task }) => task.state === 'failed')
  const started = failed.filter(({ task }) => task.attempts > 0)
  const groups = Map.groupBy(
    started.length > 0 ? started : failed,
    ({ task }) => task.failure?.message ?? 'no reason given',
  )
  return [...groups]
    .map(([message, [first, ...more]]) => ({
      message,
      task: first?.task.key ?? '',
      run: first?.run ?? null,
      tasks: 1 + more.length,
    }))
    .toSorted((one, other) => other.tasks - one.tasks)
}

/** `train of base, seed 1, and 3 more tasks failed: out of memory` */
export function failureSentence({ message, task, run, tasks }: TaskFailure): string {
  const where = run === null ? '' : ` of ${run.condition}, seed ${run.seed}`
  const more = tasks > 1 ? `${run === null ? '' : ','} and ${tasks - 1} more ${tasks === 2 ? 'task' : 'tasks'}` : ''
  return `${task}${where}${more} failed: ${message}`
}
