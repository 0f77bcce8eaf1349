import type { ScheduleSpec } from '@goalpost/contracts'
import { fromStored } from '../database/stored-json.ts'
import type { Schedule } from '../generated/client.ts'
import { lockWorkspace, type Change } from '../tasks/change.ts'

export type LockedSchedule = Omit<Schedule, 'spec'> & { readonly spec: ScheduleSpec }

/** The workspace is locked first, as everywhere; a schedule is only changed under that lock. */
export async function lockSchedule(
  { queries }: Change,
  workspaceId: string,
  which: { readonly name: string } | { readonly id: string },
): Promise<LockedSchedule | null> {
  await lockWorkspace(queries, workspaceId)
  const row = await queries.schedule.findFirst({ where: { workspaceId, ...which } })
  return row && { ...row, spec: fromStored(row.spec) }
}
