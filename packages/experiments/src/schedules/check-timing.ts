import type { InputIssue, ScheduleTiming } from '@goalpost/contracts'
import { checkCron, occurrencesAfter } from './cron.ts'

const examined = 50

/** The faults of a schedule's times, by field. */
export function checkTiming(timing: ScheduleTiming, now: Date): InputIssue[] {
  const issues = checkCron(timing, now)
  if (issues.length > 0 || timing.jitterSeconds === 0) return issues
  const gapSeconds = shortestGapMs(occurrencesAfter(timing, now, examined)) / 1_000
  if (timing.jitterSeconds < gapSeconds) return []
  const message = `must be shorter than the time between two occurrences, ${gapSeconds} s, but is ${timing.jitterSeconds} s`
  return [{ pointer: '/jitterSeconds', message }]
}

function shortestGapMs(occurrences: readonly Date[]): number {
  return occurrences.reduce((shortest, at, index) => {
    const before = occurrences[index - 1]
    return before === undefined ? shortest : Math.min(shortest, at.getTime() - before.getTime())
  }, Number.POSITIVE_INFINITY)
}
