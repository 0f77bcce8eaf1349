import { readDeadline } from '@goalpost/contracts'
import type { Changing, WhichExperiment } from '@goalpost/experiments'
import type { Change } from '../tasks/change.ts'
import { reviewHeld } from '../tasks/review-held.ts'
import { auditExperiment } from './audit-experiment.ts'
import { conflict, isStale, lockExperimentOf, notFound, stale, tasksOf, type Refusal } from './change-experiment.ts'

/** Running tasks save a checkpoint and stop; tasks that another experiment wants go on. */
export async function setPaused(
  change: Change,
  which: WhichExperiment,
  { paused, actor, expectedRevision }: Changing & { readonly paused: boolean },
): Promise<Refusal> {
  const { queries, now } = change
  const experiment = await lockExperimentOf(queries, which)
  if (experiment === null) return notFound
  if (isStale(experiment, expectedRevision)) return stale
  const { name, state, pausedAt } = experiment
  const before = pausedAt !== null
  if (before === paused) return null
  if (paused && state !== 'waiting' && state !== 'running') return conflict('The experiment has ended already')
  const data = { pausedAt: paused ? now : null }
  await queries.experiment.update({ where: { id: which.id }, data, select: { id: true } })
  await reviewHeld(change, await tasksOf(queries, which.id))
  const type = paused ? 'experiment.paused' : 'experiment.resumed'
  change.experiments.set(which.id, { event: { type, data: {} } })
  await auditExperiment(change, which, { name, actor, action: type, before: { paused: before }, after: { paused } })
  return null
}

/** A task has the highest priority of the experiments that want it. */
export async function setPriority(
  change: Change,
  which: WhichExperiment,
  { priority, actor, expectedRevision }: Changing & { readonly priority: number },
): Promise<Refusal> {
  const { queries } = change
  const experiment = await lockExperimentOf(queries, which)
  if (experiment === null) return notFound
  if (isStale(experiment, expectedRevision)) return stale
  const { name, priority: before } = experiment
  if (before === priority) return null
  await queries.experiment.update({ where: { id: which.id }, data: { priority }, select: { id: true } })
  await queries.$executeRaw`
    UPDATE tasks t SET priority = wanted.priority FROM (
      SELECT l.task_id, max(e.priority) AS priority FROM experiment_tasks o
      JOIN experiment_tasks l ON l.task_id = o.task_id JOIN experiments e ON e.id = l.experiment_id
      WHERE o.experiment_id = ${which.id}::uuid AND (e.cancelled_at IS NULL OR e.id = ${which.id}::uuid)
      GROUP BY l.task_id) wanted
    WHERE t.id = wanted.task_id AND t.priority <> wanted.priority`
  change.experiments.set(which.id, { event: null })
  // The leader looks at once: a running task of lower priority may have to stop.
  change.signals.add('postponed')
  const action = 'experiment.prioritized'
  await auditExperiment(change, which, { name, actor, action, before: { priority: before }, after: { priority } })
  return null
}

/** When it is stopped if it has not ended. Also of one that has: `retry` and `extend` need a time to come. */
export async function setDeadline(
  change: Change,
  which: WhichExperiment,
  { deadline, actor, expectedRevision }: Changing & { readonly deadline: string | null },
): Promise<Refusal> {
  const { queries, now } = change
  const experiment = await lockExperimentOf(queries, which)
  if (experiment === null) return notFound
  if (isStale(experiment, expectedRevision)) return stale
  const { name, deadlineAt: before } = experiment
  const deadlineAt = deadline === null ? null : readDeadline(deadline, now)
  if (deadlineAt !== null && deadlineAt <= now)
    return conflict(`The deadline ${deadlineAt.toISOString()} is not in the future: cancel the experiment to stop it`)
  if (before?.getTime() === deadlineAt?.getTime()) return null
  await queries.experiment.update({ where: { id: which.id }, data: { deadlineAt }, select: { id: true } })
  change.experiments.set(which.id, { event: null })
  // The leader plans its next look by it.
  change.signals.add('postponed')
  const words = (at: Date | null) => ({ deadline: at?.toISOString() ?? null })
  const action = 'experiment.deadline-set'
  await auditExperiment(change, which, { name, actor, action, before: words(before), after: words(deadlineAt) })
  return null
}
