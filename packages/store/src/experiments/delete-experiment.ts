import type { Changing, WhichExperiment } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { noteUnneeded } from '../storage/note-unneeded.ts'
import type { Change } from '../tasks/change.ts'
import { lockTasks } from '../tasks/locked-task.ts'
import { conflict, isStale, lockExperimentOf, notFound, stale, type Refusal } from './change-experiment.ts'

/** The rows of tasks, of which there may be a million, are left to the next collections. */
export async function deleteExperiment(change: Change, which: WhichExperiment, changing: Changing): Promise<Refusal> {
  const { queries } = change
  const { workspaceId, id } = which
  const experiment = await lockExperimentOf(queries, which)
  if (experiment === null) return notFound
  if (isStale(experiment, changing.expectedRevision)) return stale
  const refusal = await refusalOf(queries, { id, state: experiment.state })
  if (refusal !== null) return conflict(refusal)
  const tasks = await tasksOf(queries, id)
  // Locked first, so that none of their changes is published to an experiment that is gone.
  await lockTasks(queries, tasks)
  await removeRows(queries, id)
  await noteUnneeded(change, tasks)
  const { name, state } = experiment
  await recordAudit(queries, changing.actor, {
    workspaceId,
    action: 'experiment.deleted',
    subject: { type: 'experiment', id, name },
    before: { name, state, revision: experiment.revision },
    after: null,
  })
  return null
}

/** Why it cannot be deleted now; null if it can. */
export async function refusalOf(
  queries: Queries,
  { id, state }: { readonly id: string; readonly state: string },
): Promise<string | null> {
  if (state === 'waiting' || state === 'running') return 'The experiment has not ended: cancel it first'
  const [run] = await queries.$queryRaw<{ gate: string; number: number | null }[]>`
    SELECT g.name AS gate, r.number FROM gate_run_experiments l JOIN gate_runs r ON r.id = l.run_id
    JOIN gates g ON g.id = r.gate_id WHERE l.experiment_id = ${id}::uuid ORDER BY r.id LIMIT 1`
  if (run === undefined) return null
  const named = run.number === null ? 'a bisection' : `run ${run.number}`
  return `The experiment is the evidence of ${named} of the gate ${run.gate}: archive it instead`
}

/** Also those that it had before it was extended. */
async function tasksOf(queries: Queries, experimentId: string): Promise<string[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT task_id AS id FROM experiment_tasks WHERE experiment_id = ${experimentId}::uuid
    UNION SELECT task_id FROM events WHERE experiment_id = ${experimentId}::uuid AND task_id IS NOT NULL`
  return rows.map(({ id }) => id)
}

async function removeRows(queries: Queries, experimentId: string): Promise<void> {
  const where = { experimentId }
  const forget = { where, data: { experimentId: null } }
  await queries.schedule.updateMany({ where: { latestExperimentId: experimentId }, data: { latestExperimentId: null } })
  await queries.scheduleRun.updateMany(forget)
  await queries.modelVersion.updateMany(forget)
  await queries.idempotencyKey.deleteMany({ where })
  await queries.verdict.deleteMany({ where })
  await queries.event.deleteMany({ where })
  await queries.runTask.deleteMany({ where: { run: { experimentId } } })
  await queries.run.deleteMany({ where })
  await queries.experimentTask.deleteMany({ where })
  await queries.turn.deleteMany({ where: { id: experimentId } })
  await queries.experiment.delete({ where: { id: experimentId }, select: { id: true } })
}
