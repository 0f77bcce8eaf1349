import {
  experimentState,
  scheduleRunOutcome,
  scheduleTrigger,
  type ScheduleRunView,
  type ScheduleSpec,
  type ScheduleSummary,
  type ScheduleView,
} from '@goalpost/contracts'
import { nextOccurrences, presentOccurrence, type Page } from '@goalpost/experiments'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import type { Schedule } from '../generated/client.ts'
import { timingOf } from './schedule-times.ts'

const shownOccurrences = 10
const shownRuns = 20

/** Newest first. */
export async function listSchedules(
  queries: Queries,
  workspaceId: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<ScheduleSummary>> {
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
  const rows = await queries.schedule.findMany({
    where: { workspaceId, ...(before === undefined ? {} : { id: { lt: String(before) } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const latest = new Map<string, ScheduleRunView>()
  const ids = rows.map(({ id }) => id)
  for (const run of await latestRuns(queries, ids, 1)) latest.set(run.scheduleId, toRunView(run))
  return pageOf(rows, limit, {
    item: (row) => toSummary(row, latest.get(row.id) ?? null),
    position: ({ id }) => [id],
  })
}

export async function readSchedule(queries: Queries, workspaceId: string, name: string): Promise<ScheduleView | null> {
  const row = await queries.schedule.findFirst({ where: { workspaceId, name } })
  if (row === null) return null
  const runs = (await latestRuns(queries, [row.id], shownRuns)).map(toRunView)
  const spec: ScheduleSpec = fromStored(row.spec)
  return { ...toSummary(row, runs[0] ?? null), spec, upcoming: upcomingOf(row, spec), runs }
}

function upcomingOf(row: Schedule, spec: ScheduleSpec) {
  if (row.nextAt === null) return []
  // From just before the stored next one, which then comes first.
  return nextOccurrences(timingOf(row, spec), new Date(row.nextAt.getTime() - 1), shownOccurrences).map((occurrence) =>
    presentOccurrence(spec, occurrence),
  )
}

function toSummary(row: Schedule, latest: ScheduleRunView | null): ScheduleSummary {
  const spec: ScheduleSpec = fromStored(row.spec)
  const { nextAt, nextStartAt } = row
  return {
    id: row.id,
    name: row.name,
    cron: spec.cron,
    timezone: spec.timezone,
    paused: row.paused,
    action: { type: spec.action.type, name: spec.action.spec.name },
    next:
      nextAt === null || nextStartAt === null ? null : presentOccurrence(spec, { at: nextAt, startsAt: nextStartAt }),
    latest,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    updatedAt: row.updatedAt.toISOString(),
  }
}

type RunRow = {
  readonly id: string
  readonly scheduleId: string
  readonly trigger: string
  readonly at: Date
  readonly outcome: string
  readonly message: string | null
  readonly experimentId: string | null
  readonly state: string | null
  readonly recordedAt: Date
}

/** The latest runs of each schedule, newest first. */
async function latestRuns(queries: Queries, scheduleIds: readonly string[], each: number): Promise<RunRow[]> {
  return queries.$queryRaw<RunRow[]>`
    SELECT r.id, r.schedule_id AS "scheduleId", r.trigger, r.at, r.outcome, r.message, r.experiment_id AS "experimentId",
      e.state, r.recorded_at AS "recordedAt"
    FROM unnest(${scheduleIds}::uuid[]) AS s(id)
    CROSS JOIN LATERAL (
      SELECT * FROM schedule_runs WHERE schedule_id = s.id ORDER BY recorded_at DESC, id DESC LIMIT ${each}::int) AS r
    LEFT JOIN experiments e ON e.id = r.experiment_id
    ORDER BY r.recorded_at DESC, r.id DESC`
}

function toRunView(run: RunRow): ScheduleRunView {
  return {
    id: run.id,
    trigger: scheduleTrigger.parse(run.trigger),
    at: run.at.toISOString(),
    outcome: scheduleRunOutcome.parse(run.outcome),
    message: run.message,
    experimentId: run.experimentId,
    experimentState: run.state === null ? null : experimentState.parse(run.state),
    recordedAt: run.recordedAt.toISOString(),
  }
}
