import type { GateSpec } from '@goalpost/contracts'
import { latestDue, nextOccurrences, type JitteredTiming } from '@goalpost/experiments'

/** The schedules among a gate's triggers. */
function timingsOf({ triggers }: Pick<GateSpec, 'triggers'>): JitteredTiming[] {
  return triggers.flatMap((trigger) =>
    trigger.on === 'schedule'
      ? [{ cron: trigger.cron, timezone: trigger.timezone, jitterSeconds: 0, jitterKey: '' }]
      : [],
  )
}

/** The first time after `now`; null without a schedule. */
export function nextTrigger(spec: Pick<GateSpec, 'triggers'>, now: Date): Date | null {
  const times = timingsOf(spec).flatMap((timing) => nextOccurrences(timing, now, 1).map(({ at }) => at.getTime()))
  return times.length === 0 ? null : new Date(Math.min(...times))
}

/** The latest time of any schedule from `from` to `now`: after an interruption, one run makes up for all. */
export function latestTrigger(spec: Pick<GateSpec, 'triggers'>, from: Date, now: Date): Date | null {
  const times = timingsOf(spec).flatMap((timing) => {
    const due = latestDue(timing, from, now)
    return due === null ? [] : [due.at.getTime()]
  })
  return times.length === 0 ? null : new Date(Math.max(...times))
}
