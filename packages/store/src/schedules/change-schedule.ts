import type { JsonObject, ScheduleSpec } from '@goalpost/contracts'
import { hashJson, type Actor, type ScheduleChange } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { toStored } from '../database/stored-json.ts'
import { recordAudit } from '../keys/record-audit.ts'
import type { Change } from '../tasks/change.ts'
import { lockSchedule } from './locked-schedule.ts'
import { firstColumns } from './schedule-times.ts'

/**
 * Creates or replaces; the same once more changes nothing. A paused schedule stays paused; a replaced one continues with
 * occurrences from now on.
 */
export async function applySchedule(
  change: Change,
  workspaceId: string,
  { spec, sent, actor }: { readonly spec: ScheduleSpec; readonly sent: JsonObject; readonly actor: Actor },
): Promise<{ created: boolean }> {
  const { queries, now } = change
  const { name } = spec
  const existing = await lockSchedule(change, workspaceId, { name })
  if (existing !== null && isSame(existing, { spec, sent })) return { created: false }
  const times = firstColumns({ workspaceId, name }, spec, now)
  const stored = { spec: toStored(spec), sent: toStored(sent), queuedAt: null, updatedAt: now }
  const id = existing?.id ?? uuidv7()
  if (existing === null) {
    const by = { createdBy: actor.key?.name ?? null }
    const row = { id, workspaceId, name, ...stored, ...times, paused: false, revision: 1, createdAt: now, ...by }
    await queries.schedule.create({ data: row, select: { id: true } })
  } else {
    await dropQueued(change, existing.id, 'the schedule was changed')
    const data = { ...stored, ...(existing.paused ? {} : times), revision: { increment: 1 } }
    await queries.schedule.update({ where: { id: existing.id }, data, select: { id: true } })
  }
  await recordAudit(queries, actor, {
    workspaceId,
    action: existing === null ? 'schedule.created' : 'schedule.replaced',
    subject: { type: 'schedule', id, name },
    before: existing && auditedOf(existing.spec),
    after: auditedOf(spec),
  })
  // The leader looks again: this may be due before its next look.
  change.signals.add('postponed')
  return { created: existing === null }
}

type Content = { readonly spec: ScheduleSpec; readonly sent: unknown }

function isSame(existing: Content, given: Content): boolean {
  const hashOf = ({ spec, sent }: Content) => hashJson({ spec, sent })
  return hashOf(existing) === hashOf(given)
}

/** Occurrences while a schedule is paused are not missed: nothing starts for them later. */
export async function pauseOrResume(
  change: Change,
  workspaceId: string,
  { name, to, actor }: { readonly name: string; readonly to: ScheduleChange; readonly actor: Actor },
): Promise<boolean> {
  const { queries, now } = change
  const existing = await lockSchedule(change, workspaceId, { name })
  if (existing === null) return false
  const paused = to === 'pause'
  if (existing.paused === paused) return true
  if (paused) await dropQueued(change, existing.id, 'the schedule was paused')
  const times = paused ? { nextAt: null, nextStartAt: null } : firstColumns(existing, existing.spec, now)
  await queries.schedule.update({
    where: { id: existing.id },
    data: { paused, ...times, queuedAt: null, revision: { increment: 1 }, updatedAt: now },
    select: { id: true },
  })
  await recordAudit(queries, actor, {
    workspaceId,
    action: paused ? 'schedule.paused' : 'schedule.resumed',
    subject: { type: 'schedule', id: existing.id, name },
    before: { paused: !paused },
    after: { paused },
  })
  change.signals.add('postponed')
  return true
}

/** What the audit log keeps of a schedule: its experiment only by hash. */
function auditedOf({ cron, timezone, overlap, missed, action }: ScheduleSpec): JsonObject {
  return { cron, timezone, overlap, missed, specHash: hashJson(action.spec) }
}

export async function deleteSchedule(
  change: Change,
  workspaceId: string,
  { name, actor }: { readonly name: string; readonly actor: Actor },
): Promise<boolean> {
  const existing = await lockSchedule(change, workspaceId, { name })
  if (existing === null) return false
  await change.queries.scheduleRun.deleteMany({ where: { scheduleId: existing.id } })
  await change.queries.schedule.delete({ where: { id: existing.id }, select: { id: true } })
  await recordAudit(change.queries, actor, {
    workspaceId,
    action: 'schedule.deleted',
    subject: { type: 'schedule', id: existing.id, name },
    before: auditedOf(existing.spec),
    after: null,
  })
  return true
}

async function dropQueued({ queries }: Change, scheduleId: string, message: string): Promise<void> {
  await queries.scheduleRun.updateMany({
    where: { scheduleId, outcome: 'queued' },
    data: { outcome: 'skipped', message },
  })
}
