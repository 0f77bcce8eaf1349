import type { ScheduleSpec } from '@goalpost/contracts'
import { jitterKeyOf, nextOccurrences, type JitteredTiming, type Occurrence } from '@goalpost/experiments'

type Named = { readonly workspaceId: string; readonly name: string }

export function timingOf(
  { workspaceId, name }: Named,
  { cron, timezone, jitterSeconds }: ScheduleSpec,
): JitteredTiming {
  return { cron, timezone, jitterSeconds, jitterKey: jitterKeyOf(workspaceId, name) }
}

/** The columns for the next occurrence; null: there is none. */
export function nextColumns(next: Occurrence | null) {
  return { nextAt: next?.at ?? null, nextStartAt: next?.startsAt ?? null }
}

/** The first occurrence from now on. */
export function firstColumns(named: Named, spec: ScheduleSpec, now: Date) {
  return nextColumns(nextOccurrences(timingOf(named, spec), now, 1)[0] ?? null)
}
