import type { Assignment, Progress } from '@goalpost/contracts'
import type { Metrics } from '@goalpost/telemetry'

/** Measures one attempt for the metrics of the worker. */
export type AttemptMeter = {
  progressed(progress: Progress): void
  /** The trainer has ended, with a result or without. */
  ended(withResult: boolean): void
  /** The end is in the database, or the worker has given up on it. */
  stored(): void
}

type Measured = Pick<Metrics, 'stageDuration' | 'workDone'>

export function createAttemptMeter(
  { stageDuration, workDone }: Measured,
  { kind, resume }: Pick<Assignment, 'kind' | 'resume'>,
): AttemptMeter {
  const startedAt = performance.now()
  let endedAt = startedAt
  let latest: Progress | null = null
  const count = ({ unit }: Progress, amount: number) => {
    if (amount > 0) workDone.inc({ kind, unit }, amount)
  }
  return {
    progressed(progress) {
      // What a resumed attempt reports first was done by an earlier one.
      if (latest !== null) count(progress, progress.done - latest.done)
      else if (resume === null) count(progress, progress.done)
      latest = progress
    },
    ended(withResult) {
      endedAt = performance.now()
      // Progress is reported now and then, and not at the end.
      if (withResult && latest !== null) count(latest, latest.total - latest.done)
      stageDuration.observe({ stage: 'running' }, (endedAt - startedAt) / 1_000)
    },
    stored: () => stageDuration.observe({ stage: 'storing' }, (performance.now() - endedAt) / 1_000),
  }
}
