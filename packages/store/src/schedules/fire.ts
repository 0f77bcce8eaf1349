import { GoalpostError } from '@goalpost/contracts'
import {
  decideDue,
  hashJson,
  type CreateOutcome,
  type DueDecision,
  type DueScheduleRow,
  type NewExperiment,
  type OccurrenceRecord,
  type PlannedStart,
} from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { cancelExperiment } from '../experiments/change-experiment.ts'
import { createExperiment } from '../experiments/create.ts'
import type { Change } from '../tasks/change.ts'
import { lockSchedule, type LockedSchedule } from './locked-schedule.ts'
import { nextColumns, timingOf } from './schedule-times.ts'

/**
 * Each occurrence is decided once: under the lock, and by its unique row, in the transaction that creates the
 * experiment. A process killed at any point leaves all of it or nothing.
 */
export async function fireSchedule(change: Change, due: DueScheduleRow, planned: PlannedStart): Promise<boolean> {
  const schedule = await lockUnchanged(change, due)
  if (schedule === null || schedule.paused) return false
  const { spec, nextAt, queuedAt } = schedule
  const previousOpen = await isOpen(change, schedule.latestExperimentId)
  const timing = timingOf(schedule, spec)
  const decision = decideDue({ ...spec, timing, nextAt, queuedAt, previousOpen }, change.now)
  const { start, records, next } = decision
  if (start === null && records.length === 0) return false
  for (const record of records) await recordRun(change, schedule.id, record)
  const experimentId = start === null ? null : await startOccurrence(change, { schedule, start, planned })
  await change.queries.schedule.update({
    where: { id: schedule.id },
    data: {
      queuedAt: decision.queuedAt,
      ...(next === 'unchanged' ? {} : nextColumns(next)),
      ...(experimentId === null ? {} : { latestExperimentId: experimentId }),
    },
    select: { id: true },
  })
  return true
}

/** Starts by hand, also while the schedule is paused or its latest experiment is open. */
export async function startScheduleNow(
  change: Change,
  due: DueScheduleRow,
  experiment: Omit<NewExperiment, 'idempotency'>,
): Promise<string | null> {
  const schedule = await lockUnchanged(change, due)
  if (schedule === null) return null
  const { queries, now } = change
  const created = await createExperiment(change, schedule.workspaceId, { ...experiment, idempotency: null })
  if (!created.ok) throw refusedStart(created)
  const run = { id: uuidv7(), scheduleId: schedule.id, trigger: 'manual', at: now, outcome: 'started', recordedAt: now }
  await queries.scheduleRun.create({ data: { ...run, experimentId: created.id }, select: { id: true } })
  const data = { latestExperimentId: created.id }
  await queries.schedule.update({ where: { id: schedule.id }, data, select: { id: true } })
  return created.id
}

function refusedStart(refused: Extract<CreateOutcome, { ok: false }>): Error {
  if (refused.code === 'quota-exceeded') return new GoalpostError(refused.code, refused.message)
  return new Error(`A submission without a key was refused: ${refused.code}`)
}

/** Null if the schedule is gone, or was changed after the start was planned. */
async function lockUnchanged(change: Change, { workspaceId, id, revision }: DueScheduleRow) {
  const schedule = await lockSchedule(change, workspaceId, { id })
  return schedule?.revision === revision ? schedule : null
}

async function isOpen({ queries }: Change, experimentId: string | null): Promise<boolean> {
  if (experimentId === null) return false
  const experiment = await queries.experiment.findFirst({ where: { id: experimentId }, select: { state: true } })
  return experiment?.state === 'waiting' || experiment?.state === 'running'
}

type Starting = {
  readonly schedule: LockedSchedule
  readonly start: NonNullable<DueDecision['start']>
  readonly planned: PlannedStart
}

/** Null if no experiment was started. */
async function startOccurrence(change: Change, { schedule, start, planned }: Starting): Promise<string | null> {
  const { queries } = change
  const { id: scheduleId, workspaceId, latestExperimentId } = schedule
  const { at } = start
  const place = { scheduleId_trigger_at: { scheduleId, trigger: 'cron', at } }
  const earlier = await queries.scheduleRun.findFirst({ where: place.scheduleId_trigger_at, select: { outcome: true } })
  // After the clock was set back, a resumed schedule meets the same occurrences again.
  if (earlier !== null && earlier.outcome !== 'queued') return null
  if (!planned.ok) return recordRun(change, scheduleId, { at, outcome: 'failed', message: planned.message })
  const idempotency = {
    key: `schedule ${scheduleId} ${at.toISOString()}`,
    bodyHash: hashJson(planned.experiment.spec),
  }
  const created = await createExperiment(change, workspaceId, { ...planned.experiment, idempotency })
  if (!created.ok) {
    const message =
      created.code === 'quota-exceeded'
        ? created.message
        : `the Idempotency-Key of this occurrence, \`${idempotency.key}\`, was used for another experiment`
    return recordRun(change, scheduleId, { at, outcome: 'failed', message })
  }
  await recordRun(change, scheduleId, { at, outcome: 'started', message: null, experimentId: created.id })
  // After the creation: tasks that both experiments need continue.
  if (start.cancelPrevious && latestExperimentId !== null && latestExperimentId !== created.id)
    await cancelExperiment(change, { workspaceId, id: latestExperimentId })
  return created.id
}

type Run = Omit<OccurrenceRecord, 'outcome' | 'message'> & {
  readonly outcome: 'started' | 'queued' | 'skipped' | 'failed'
  readonly message: string | null
  readonly experimentId?: string
}

/** Replaces the row of a queued occurrence; one that is decided stays as it is. */
async function recordRun({ queries, now }: Change, scheduleId: string, run: Run): Promise<null> {
  const { at, outcome, message, experimentId = null } = run
  await queries.$executeRaw`
    INSERT INTO schedule_runs AS r (id, schedule_id, trigger, at, outcome, message, experiment_id, recorded_at)
    VALUES (${uuidv7()}::uuid, ${scheduleId}::uuid, 'cron', ${at.toISOString()}::timestamptz, ${outcome}, ${message},
      ${experimentId}::uuid, ${now.toISOString()}::timestamptz)
    ON CONFLICT (schedule_id, trigger, at) DO UPDATE SET outcome = excluded.outcome, message = excluded.message,
      experiment_id = excluded.experiment_id, recorded_at = excluded.recorded_at WHERE r.outcome = 'queued'`
  return null
}
