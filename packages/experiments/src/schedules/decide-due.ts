import type { MissedPolicy, OverlapPolicy, ScheduleRunOutcome } from '@goalpost/contracts'
import { latestDue, nextOccurrences, type Occurrence, type JitteredTiming } from './timing.ts'

/** A schedule that is due, as stored. */
export type DueSchedule = {
  readonly timing: JitteredTiming
  readonly overlap: OverlapPolicy
  readonly missed: MissedPolicy
  /** The cron time of the first occurrence that nothing was decided about; null if there is none. */
  readonly nextAt: Date | null
  /** The cron time of the occurrence that waits for the previous experiment to end. */
  readonly queuedAt: Date | null
  /** The latest experiment of the schedule has not ended. */
  readonly previousOpen: boolean
}

export type OccurrenceRecord = {
  readonly at: Date
  readonly outcome: Extract<ScheduleRunOutcome, 'queued' | 'skipped'>
  readonly message: string
}

export type DueDecision = {
  readonly start: { readonly at: Date; readonly cancelPrevious: boolean } | null
  readonly records: readonly OccurrenceRecord[]
  readonly queuedAt: Date | null
  /** Null: there is none. */
  readonly next: Occurrence | null | 'unchanged'
}

/** An occurrence that starts later than this was missed: no worker was running, or the clock jumped. */
export const onTimeWithinMs = 5 * 60_000

/** What happens to the occurrences that are due; at most one of them starts. */
export function decideDue(schedule: DueSchedule, now: Date): DueDecision {
  const records: OccurrenceRecord[] = []
  const latest = schedule.nextAt === null ? null : latestDue(schedule.timing, schedule.nextAt, now)
  const candidate = latest === null ? null : withoutMissed(schedule, { latest, now, records })
  const next = latest === null ? 'unchanged' : (nextOccurrences(schedule.timing, latest.at, 1)[0] ?? null)
  const dequeued = schedule.overlap === 'queue' && !schedule.previousOpen ? schedule.queuedAt : null
  const state = {
    busy: schedule.previousOpen || dequeued !== null,
    queuedAt: dequeued === null ? schedule.queuedAt : null,
  }
  const settled = candidate === null ? { start: null, queuedAt: state.queuedAt } : settle(schedule, candidate, state)
  if (settled.record !== undefined) records.push(settled.record)
  const start = dequeued === null ? settled.start : { at: dequeued, cancelPrevious: false }
  return { start, records, queuedAt: settled.queuedAt, next }
}

/** The occurrence to consider; the others that are due were missed. */
function withoutMissed(
  { timing, missed, nextAt }: DueSchedule,
  { latest, now, records }: { latest: Occurrence; now: Date; records: OccurrenceRecord[] },
): Date | null {
  const late = now.getTime() - latest.startsAt.getTime() > onTimeWithinMs
  const dropsLatest = late && missed === 'skip'
  const earlier = nextAt === null || nextAt.getTime() >= latest.at.getTime() ? null : nextAt
  if (earlier !== null || dropsLatest) records.push(missedRecord(timing, { earlier, latest: latest.at, dropsLatest }))
  return dropsLatest ? null : latest.at
}

type Missed = { readonly earlier: Date | null; readonly latest: Date; readonly dropsLatest: boolean }

/** One record for all of them: a schedule of every minute misses thousands in a weekend. */
function missedRecord(timing: JitteredTiming, { earlier, latest, dropsLatest }: Missed): OccurrenceRecord {
  const first = earlier ?? latest
  const last = dropsLatest
    ? latest
    : (latestDue({ ...timing, jitterSeconds: 0 }, first, new Date(latest.getTime() - 1)) ?? { at: first }).at
  const range =
    first.getTime() === last.getTime()
      ? 'missed: it was not started in time'
      : `missed, with all occurrences since ${first.toISOString()}: they were not started in time`
  return { at: last, outcome: 'skipped', message: range }
}

type Settled = Pick<DueDecision, 'start' | 'queuedAt'> & { readonly record?: OccurrenceRecord }

function settle(
  { overlap }: DueSchedule,
  at: Date,
  { busy, queuedAt }: { busy: boolean; queuedAt: Date | null },
): Settled {
  if (!busy) return { start: { at, cancelPrevious: false }, queuedAt }
  if (overlap === 'cancel-previous') return { start: { at, cancelPrevious: true }, queuedAt }
  if (overlap === 'queue' && queuedAt === null) {
    const message = 'waits for the previous experiment to end'
    return { start: null, queuedAt: at, record: { at, outcome: 'queued', message } }
  }
  const message =
    overlap === 'queue' ? 'another occurrence is waiting already' : 'the previous experiment has not ended'
  return { start: null, queuedAt, record: { at, outcome: 'skipped', message } }
}
