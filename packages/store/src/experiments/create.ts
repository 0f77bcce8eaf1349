import { readDeadline, type JsonObject } from '@goalpost/contracts'
import { hashJson, serviceActor, type CreateOutcome, type NewExperiment } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import type { Queries } from '../database/open-database.ts'
import { fromStored, toStored } from '../database/stored-json.ts'
import { lockWorkspace, type Change } from '../tasks/change.ts'
import { checkRuns } from '../quotas/check-quota.ts'
import { auditExperiment } from './audit-experiment.ts'
import { storeExpansion } from './store-expansion.ts'
import { isSearching } from '../searches/is-searching.ts'

/** All or nothing. A key that was used before returns the experiment that it created then. */
export async function createExperiment(
  change: Change,
  workspaceId: string,
  experiment: NewExperiment,
): Promise<CreateOutcome> {
  const { queries } = change
  // Serialises equal keys too: the second sees the first one's rows.
  await lockWorkspace(queries, workspaceId)
  const earlier = await findEarlier(queries, workspaceId, experiment)
  if (earlier !== null) return earlier
  const refused = await checkRuns(queries, workspaceId, experiment.expansion.runs.length)
  if (refused !== null) return refused
  const id = uuidv7()
  await storeExperiment(change, { id, workspaceId, experiment })
  return { ok: true, id, created: true }
}

/** The outcome for a submission whose key or external id was used before; null for a new one. */
async function findEarlier(
  queries: Queries,
  workspaceId: string,
  { spec, idempotency, externalId = null }: NewExperiment,
): Promise<CreateOutcome | null> {
  if (idempotency !== null) {
    const earlier = await queries.idempotencyKey.findFirst({
      where: { workspaceId, key: idempotency.key },
    })
    if (earlier !== null && earlier.bodyHash !== idempotency.bodyHash)
      return { ok: false, code: 'idempotency-mismatch' }
    if (earlier !== null) return { ok: true, id: earlier.experimentId, created: false }
  }
  const named = externalId === null ? null : await findExternal(queries, { workspaceId, externalId })
  if (named === null) return null
  if (hashJson(named.spec) !== hashJson(spec)) return { ok: false, code: 'idempotency-mismatch' }
  return { ok: true, id: named.id, created: false }
}

async function storeExperiment(change: Change, { id, workspaceId, experiment }: Row): Promise<void> {
  const { queries, now } = change
  const { resolved, expansion, idempotency, externalId = null } = experiment
  await insertExperiment(change, { id, workspaceId, experiment })
  const { priority, fresh } = resolved
  const analysisTaskId = await storeExpansion(change, { workspaceId, experimentId: id, priority, fresh }, expansion)
  // The leader looks at once: it plans its next look by deadlines, and a running task of lower priority may have to stop.
  if (resolved.deadline !== undefined || priority !== 0) change.signals.add('postponed')
  await queries.experiment.update({ where: { id }, data: { analysisTaskId }, select: { id: true } })
  if (idempotency !== null) {
    await queries.idempotencyKey.create({ data: { workspaceId, ...idempotency, experimentId: id, createdAt: now } })
  }
  const data = { name: resolved.name, runs: expansion.runs.length, tasks: expansion.tasks.length }
  change.experiments.set(id, { event: { type: 'experiment.created', data }, recount: true })
  await auditExperiment(
    change,
    { workspaceId, id },
    {
      name: resolved.name,
      actor: experiment.actor ?? serviceActor,
      action: 'experiment.submitted',
      before: null,
      after: { protocol: resolved.protocol, priority, externalId, runs: data.runs, tasks: data.tasks },
    },
  )
}

type Named = { readonly workspaceId: string; readonly externalId: string }

export async function findExternal(queries: Queries, { workspaceId, externalId }: Named) {
  const found = await queries.experiment.findFirst({
    where: { workspaceId, externalId },
    select: { id: true, spec: true },
  })
  return found && { id: found.id, spec: fromStored<JsonObject>(found.spec) }
}

type Row = { readonly id: string; readonly workspaceId: string; readonly experiment: NewExperiment }

async function insertExperiment({ queries, now }: Change, { id, workspaceId, experiment }: Row): Promise<void> {
  const { spec, resolved } = experiment
  await queries.experiment.create({
    data: {
      id,
      workspaceId,
      name: resolved.name,
      protocol: resolved.protocol,
      labels: resolved.labels,
      createdBy: experiment.actor?.key?.name ?? null,
      externalId: experiment.externalId ?? null,
      trace: experiment.trace ?? null,
      priority: resolved.priority,
      deadlineAt: resolved.deadline === undefined ? null : readDeadline(resolved.deadline, now),
      spec: toStored(spec),
      resolved: toStored(resolved),
      conditionCount: resolved.conditions.length,
      seedCount: resolved.seeds.length,
      searching: isSearching(resolved),
      state: 'waiting',
      revision: 1,
      sequence: 0,
      tasksBlocked: 0,
      tasksReady: 0,
      tasksQueued: 0,
      tasksRunning: 0,
      tasksSucceeded: 0,
      tasksFailed: 0,
      tasksCancelled: 0,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true },
  })
}
