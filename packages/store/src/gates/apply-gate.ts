import { isDeepStrictEqual } from 'node:util'
import type { GateSpec } from '@goalpost/contracts'
import type { Actor } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { fromStored, toStored } from '../database/stored-json.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { lockWorkspace, type Change } from '../tasks/change.ts'
import { nextTrigger } from './gate-schedule.ts'

/** Runs that have started keep the spec of their time. */
export async function applyGate(
  change: Change,
  workspaceId: string,
  { spec, actor }: { readonly spec: GateSpec; readonly actor: Actor },
): Promise<{ created: boolean; changed: boolean }> {
  const { queries, now } = change
  await lockWorkspace(queries, workspaceId)
  const { name, model } = spec
  const existing = await queries.gate.findFirst({
    where: { workspaceId, name },
    select: { id: true, version: true, model: true, deletedAt: true },
  })
  if (existing !== null && existing.deletedAt === null && (await isCurrent(change, existing, spec)))
    return { created: false, changed: false }
  const id = existing?.id ?? uuidv7()
  const version = (existing?.version ?? 0) + 1
  const nextAt = nextTrigger(spec, now)
  const by = actor.key?.name ?? null
  const times = { nextAt, updatedAt: now, updatedBy: by, deletedAt: null }
  const current = { model, version, triggers: spec.triggers.map(toStored), ...times }
  if (existing === null) {
    const row = { id, workspaceId, name, runCount: 0, createdAt: now, createdBy: by, ...current }
    await queries.gate.create({ data: row, select: { id: true } })
  } else await queries.gate.update({ where: { id }, data: current, select: { id: true } })
  const row = { gateId: id, number: version, spec: toStored(spec), createdAt: now }
  await queries.gateVersion.create({ data: row, select: { number: true } })
  await recordAudit(queries, actor, {
    workspaceId,
    action: existing === null ? 'gate.created' : existing.deletedAt === null ? 'gate.changed' : 'gate.restored',
    subject: { type: 'gate', id, name },
    before: existing && { version: existing.version, model: existing.model },
    after: { version, model },
  })
  // The leader looks again: its schedule may be due before the next look.
  if (nextAt !== null) change.signals.add('postponed')
  return { created: existing === null, changed: true }
}

type Stored = { readonly id: string; readonly version: number }

async function isCurrent({ queries }: Change, { id, version }: Stored, spec: GateSpec): Promise<boolean> {
  const row = await queries.gateVersion.findFirstOrThrow({
    where: { gateId: id, number: version },
    select: { spec: true },
  })
  // Fields that were left out are undefined here, and absent in the row.
  return isDeepStrictEqual(fromStored<GateSpec>(row.spec), JSON.parse(JSON.stringify(spec)))
}
