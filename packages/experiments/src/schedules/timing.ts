import type { ScheduleOccurrence, ScheduleTiming } from '@goalpost/contracts'
import { hashJson } from '../identity.ts'
import { lastOccurrence, occurrencesAfter } from './cron.ts'

/** An occurrence by the cron expression, and when it starts. */
export type Occurrence = { readonly at: Date; readonly startsAt: Date }

export type JitteredTiming = ScheduleTiming & {
  /** Schedules with different keys are spread differently. */
  readonly jitterKey: string
}

/** Schedules of one name in different workspaces start at different times. */
export function jitterKeyOf(workspaceId: string, name: string): string {
  return `${workspaceId} ${name}`
}

/** The next occurrences whose cron time is after `from`, earliest first. */
export function nextOccurrences(timing: JitteredTiming, from: Date, count: number): Occurrence[] {
  return occurrencesAfter(timing, from, count).map((at) => withJitter(timing, at))
}

/** The latest occurrence that has started by `now`, not before the one at `first`; null if there is none. */
export function latestDue(timing: JitteredTiming, first: Date, now: Date): Occurrence | null {
  let until = now
  for (;;) {
    const at = lastOccurrence(timing, until)
    if (at === null || at.getTime() < first.getTime()) return null
    const occurrence = withJitter(timing, at)
    if (occurrence.startsAt.getTime() <= now.getTime()) return occurrence
    until = new Date(at.getTime() - 1)
  }
}

/** Derived from the occurrence, so that every process computes the same start. */
export function withJitter({ jitterKey, jitterSeconds }: JitteredTiming, at: Date): Occurrence {
  const share = Number.parseInt(hashJson([jitterKey, at.toISOString()]).slice(0, 8), 16) / 2 ** 32
  return { at, startsAt: new Date(at.getTime() + Math.floor(share * jitterSeconds) * 1_000) }
}

export function presentOccurrence(
  { timezone }: Pick<JitteredTiming, 'timezone'>,
  occurrence: Occurrence,
): ScheduleOccurrence {
  return {
    at: occurrence.at.toISOString(),
    startsAt: occurrence.startsAt.toISOString(),
    local: localTime(occurrence.startsAt, timezone),
  }
}

/** ISO 8601 with the zone's offset: both occurrences of a repeated hour can be told apart. */
function localTime(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00'
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}${offset}`
}
