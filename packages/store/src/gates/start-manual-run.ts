import type { VersionReference } from '@goalpost/contracts'
import type { Actor } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { appendWorkspaceEvents, lockEvents } from '../events/append-workspace-events.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { findModel, findNumber } from '../models/find-version.ts'
import { noSuchModel, noSuchVersion } from '../models/refusals.ts'
import type { Change } from '../tasks/change.ts'
import { deletedGate, noSuchGate } from './refusals.ts'
import { startGateRun } from './start-runs.ts'

type ManualRun = { readonly name: string; readonly version: VersionReference; readonly actor: Actor }

export async function startManualRun(
  { queries, now }: Change,
  workspaceId: string,
  { name, version: reference, actor }: ManualRun,
): Promise<string> {
  const gate = await queries.gate.findFirst({ where: { workspaceId, name } })
  if (gate === null) throw noSuchGate(name)
  if (gate.deletedAt !== null) throw deletedGate(name)
  const which = { workspaceId, model: gate.model }
  const model = await findModel(queries, which)
  if (model === null) throw noSuchModel(which)
  const version = await findNumber(queries, model.id, reference)
  if (version === null) throw noSuchVersion(which, reference)
  await lockEvents(queries)
  const by = { trigger: 'manual', triggerKey: uuidv7(), createdBy: actor.key?.name ?? null } as const
  const start = { gateId: gate.id, version, ...by }
  const run = await startGateRun(queries, { workspaceId, now }, start)
  if (run === null) throw new Error('A manual run has a key of its own')
  await recordAudit(queries, actor, {
    workspaceId,
    action: 'gate-run.started',
    subject: { type: 'gate', id: gate.id, name },
    before: null,
    after: { run: run.id, version },
  })
  await appendWorkspaceEvents(queries, { workspaceId, now }, [run.event])
  return run.id
}
