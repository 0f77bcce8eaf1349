import type { JsonObject, ScheduleSpec } from '@goalpost/contracts'
import type { ScheduleChange } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { toStored } from '../database/stored-json.ts'
import type { Change } from '../tasks/change.ts'
import { lockSchedule } from './locked-schedule.ts'
import { firstColumns } from './schedule-times.ts'

/** Creates or replaces. A paused schedule stays paused; a replaced one continues with occurrences from now on. */
export async function applySchedule(
  change: Change,
  workspaceId: string,
  { spec, sent }: { readonly spec: ScheduleSpec; readonly sent: JsonObject },
): Promise<{ created: boolean }> {
  const { queries, now } = change
  const { name } = spec
  const existing = await lockSchedule(change, workspaceId, { name })
  const times = firstColumns({ workspaceId, name }, spec, now)
  const stored = { spec: toStored(spec), sent: toStored(sent), queuedAt: null, updatedAt: now }
  if (existing === null) {
    const row = { id: uuidv7(), workspaceId, name, ...stored, ...times, paused: false, revision: 1, createdAt: now }
    await queries.schedule.create({ data: row, select: { id: true } })
  } else {
    await dropQueued(change, existing.id, 'the schedule was changed')
    const data = { ...stored, ...(existing.paused ? {} : times), revision: { increment: 1 } }
    await queries.schedule.update({ where: { id: existing.id }, data, select: { id: true } })
  }
  // The leader looks again: this may be due before its next look.
  change.signals.add('postponed')
  return { created: existing === null }
}

/** Occurrences while a schedule is paused are not missed: nothing starts for them later. */
export async function pauseOrResume(
  change: Change,
  workspaceId: string,
  { name, to }: { readonly name: string; readonly to: ScheduleChange },
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
  change.signals.add('postponed')
  return true
}

export async function deleteSchedule(change: Change, workspaceId: string, name: string): Promise<boolean> {
  const existing = await lockSchedule(change, workspaceId, { name })
  if (existing === null) return false
  await change.queries.scheduleRun.deleteMany({ where: { scheduleId: existing.id } })
  await change.queries.schedule.delete({ where: { id: existing.id }, select: { id: true } })
  return true
}

async function dropQueued({ queries }: Change, scheduleId: string, message: string): Promise<void> {
  await queries.scheduleRun.updateMany({
    where: { scheduleId, outcome: 'queued' },
    data: { outcome: 'skipped', message },
  })
}
