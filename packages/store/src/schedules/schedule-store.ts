import type { DueSchedules, ScheduleStore } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import type { Changes } from '../tasks/change.ts'
import { applySchedule, deleteSchedule, pauseOrResume } from './change-schedule.ts'
import { readDue } from './due.ts'
import { fireSchedule, startScheduleNow } from './fire.ts'
import { listSchedules, readSchedule } from './schedule-views.ts'

export function createScheduleStore(database: Database, changes: Changes): ScheduleStore & DueSchedules {
  return {
    apply: (workspaceId, schedule, actor) =>
      changes.run((change) => applySchedule(change, workspaceId, { ...schedule, actor })),
    list: (workspaceId, query) => database.snapshot((queries) => listSchedules(queries, workspaceId, query)),
    get: (workspaceId, name) => database.snapshot((queries) => readSchedule(queries, workspaceId, name)),
    change: (workspaceId, name, to, actor) =>
      changes.run((change) => pauseOrResume(change, workspaceId, { name, to, actor })),
    delete: (workspaceId, name, actor) => changes.run((change) => deleteSchedule(change, workspaceId, { name, actor })),
    find: (workspaceId, name) =>
      database.query(async (queries) => {
        const row = await queries.schedule.findFirst({ where: { workspaceId, name } })
        return row && { id: row.id, workspaceId, name, revision: row.revision, sent: fromStored(row.sent) }
      }),
    startNow: (schedule, experiment) => changes.run((change) => startScheduleNow(change, schedule, experiment)),
    due: (limit, except) => changes.run((change) => readDue(change, limit, except)),
    fire: (schedule, planned) => changes.run((change) => fireSchedule(change, schedule, planned)),
  }
}
