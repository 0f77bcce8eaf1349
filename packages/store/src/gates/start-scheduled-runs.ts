import type { GateSpec } from '@goalpost/contracts'
import type { GateId } from '@goalpost/experiments'
import { appendWorkspaceEvents, lockEvents } from '../events/append-workspace-events.ts'
import { fromStored } from '../database/stored-json.ts'
import { findModel, findNumber } from '../models/find-version.ts'
import type { Change } from '../tasks/change.ts'
import { latestTrigger, nextTrigger } from './gate-schedule.ts'
import { startGateRun } from './start-runs.ts'

/** Without a lock: `startScheduledRun` looks again. */
export function readDueSchedules(
  { queries, now }: Change,
  limit: number,
  except: readonly string[],
): Promise<GateId[]> {
  return queries.$queryRaw<GateId[]>`
    SELECT id FROM gates
    WHERE next_at <= ${now.toISOString()}::timestamptz AND id <> ALL(${except}::uuid[])
    ORDER BY next_at, id LIMIT ${limit}::int`
}

/** A transaction of its own for each gate: one whose spec cannot be read any more holds up no other. */
export async function startScheduledRun(change: Change, { id: gateId }: GateId): Promise<boolean> {
  const { queries, now } = change
  // Before the gate: see `lockEvents`. Another process then finds it not due.
  await lockEvents(queries)
  const gate = await lockDue(change, gateId)
  if (gate === null) return false
  const { workspaceId, model: name, nextAt } = gate
  const spec = await readLatestSpec(change, gateId)
  await queries.gate.update({ where: { id: gateId }, data: { nextAt: nextTrigger(spec, now) }, select: { id: true } })
  const at = latestTrigger(spec, nextAt, now)
  const model = await findModel(queries, { workspaceId, model: name })
  const version = model === null ? null : await findNumber(queries, model.id, 'latest')
  if (at === null || version === null) return true
  const start = { gateId, trigger: 'schedule', triggerKey: at.toISOString(), version } as const
  const run = await startGateRun(queries, { workspaceId, now }, start)
  if (run !== null) await appendWorkspaceEvents(queries, { workspaceId, now }, [run.event])
  return true
}

type DueGate = { readonly workspaceId: string; readonly model: string; readonly nextAt: Date }

async function lockDue({ queries, now }: Change, gateId: string): Promise<DueGate | null> {
  const [gate] = await queries.$queryRaw<DueGate[]>`
    SELECT workspace_id AS "workspaceId", model, next_at AS "nextAt" FROM gates
    WHERE id = ${gateId}::uuid AND next_at <= ${now.toISOString()}::timestamptz FOR NO KEY UPDATE`
  return gate ?? null
}

async function readLatestSpec({ queries }: Change, gateId: string): Promise<GateSpec> {
  const { spec } = await queries.gateVersion.findFirstOrThrow({
    where: { gateId },
    orderBy: { number: 'desc' },
    select: { spec: true },
  })
  return fromStored(spec)
}
