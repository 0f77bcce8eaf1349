import type { ClaimOutcome } from '@goalpost/experiments'
import type { Span, Tracer } from '@goalpost/telemetry'

/** The span of an attempt, beside that of its time in the queue. Null if the task is not traced. */
export function startAttemptSpan(
  tracer: Tracer,
  { claim, assignment, queuedMs, trace }: Extract<ClaimOutcome, { ok: true }>,
): Span | null {
  // Tasks of an untraced request start no traces of their own: an experiment has thousands.
  if (trace === null) return null
  const { kind, key, protocol } = assignment
  const attributes = {
    'goalpost.task': claim.taskId,
    'goalpost.attempt': claim.epoch,
    'goalpost.protocol': protocol,
    'goalpost.kind': kind,
    'goalpost.key': key,
  }
  tracer.start('queued', { parent: trace, kind: 'consumer', attributes, startedAt: Date.now() - queuedMs })?.end()
  return tracer.start(`task ${kind}`, { parent: trace, kind: 'consumer', attributes })
}
