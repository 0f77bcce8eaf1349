import type { Assignment, Failure, FromTrainer, UsedEngine } from '@goalpost/contracts'
import type { Claim, TaskLedger } from '@goalpost/experiments'
import type { Describe } from '../manifest.ts'
import type { TrainerPool } from '../trainer-pool/trainer-pool.ts'
import type { TrainerExit, TrainerProcess } from '../trainer-pool/trainer-process.ts'
import type { AttemptMeter } from './attempt-meter.ts'
import { concludeAttempt } from './conclude-attempt.ts'
import type { AttemptEnd, AttemptOutcome } from './conclude-attempt.ts'
import { keepLease } from './lease.ts'
import type { Stored } from './persist.ts'
import { createRecorder } from './recorder.ts'
import type { Recorder } from './recorder.ts'

export type AttemptDependencies = {
  readonly ledger: TaskLedger
  readonly trainers: TrainerPool
  readonly describe: Describe
  /** The operator's secret, for the trainer. */
  readonly salt: string | null
  readonly leaseMs: number
  /** How long a trainer may take to notice a cancellation before it is killed. */
  readonly cancelGraceMs: number
  /** How long a trainer may send no message before it counts as hung. */
  readonly silenceMs: number
  readonly meter: AttemptMeter
  /** The `traceparent` of the attempt, for the trainer; null if it is not traced. */
  readonly trace: string | null
  /** Aborts when the worker shuts down. */
  readonly shutdown: AbortSignal
}

export type ClaimedTask = { readonly claim: Claim; readonly assignment: Assignment }

/**
 * Runs one attempt: relays what a trainer reports and renews the lease, until the first of done,
 * failed, crashed, silent, cancelled, shutting down, or the lease lost. Afterwards the trainer is idle again or dead.
 */
export async function runAttempt(claimed: ClaimedTask, dependencies: AttemptDependencies): Promise<AttemptOutcome> {
  const { ledger, trainers, describe, leaseMs, meter } = dependencies
  const startedAt = performance.now()
  const { trainer, lease, recorder, ended, usedEngine, close } = startAttempt(claimed, dependencies)
  try {
    const end = await ended
    meter.ended(end.type === 'done')
    // Only a trainer that finished is in a known state. Others must not continue, especially after a lost lease.
    if (end.type !== 'done') await trainer.kill()
    const manifest = describe(usedEngine(), performance.now() - startedAt)
    const writing = { ledger, claim: claimed.claim, manifest, recorder, lost: lease.lost, patienceMs: leaseMs }
    return await concludeAttempt(end, writing)
  } finally {
    close()
    meter.stored()
    // Last, as the trainer may then belong to another attempt.
    trainers.giveBack(trainer)
  }
}

/** Starts the attempt. `ended` resolves to the first end; later ones are ignored. */
function startAttempt({ claim, assignment }: ClaimedTask, dependencies: AttemptDependencies) {
  const { ledger, trainers, salt, leaseMs, cancelGraceMs, silenceMs, meter, trace, shutdown } = dependencies
  const { promise: ended, resolve: end } = Promise.withResolvers<AttemptEnd>()
  const over = new AbortController()
  const trainer = trainers.acquire(assignment.resources)
  const onCancelRequested = () => {
    trainer.send({ type: 'cancel' })
    const timer = setTimeout(() => end({ type: 'cancelled' }), cancelGraceMs)
    over.signal.addEventListener('abort', () => clearTimeout(timer))
  }
  const onPauseRequested = () => trainer.send({ type: 'pause' })
  const lease = keepLease({ ledger, claim, leaseMs, onCancelRequested, onPauseRequested })
  const onTrouble = (trouble: Exclude<Stored, 'stored'>) =>
    end(trouble === 'stale' ? { type: 'lost' } : { type: 'unrecorded', trouble })
  const recorder = createRecorder({ ledger, claim, lost: lease.lost, patienceMs: leaseMs, onTrouble })
  lease.lost.addEventListener('abort', () => end({ type: 'lost' }))
  // The worker's signal outlives the attempt: without `over`, every attempt would leak a listener.
  shutdown.addEventListener('abort', () => end({ type: 'shutdown' }), { signal: over.signal })
  if (shutdown.aborted) end({ type: 'shutdown' })
  const watchdog = setTimeout(() => end({ type: 'failed', failure: explainSilence(silenceMs) }), silenceMs)
  let used: UsedEngine | null = null
  trainer.listen({
    onMessage: (message) => {
      watchdog.refresh()
      if (message.type === 'engine') used = message.engine
      relay(message, { trainer, recorder, meter, end })
    },
    onOutput: (stream, message) => recorder.log({ at: now(), level: outputLevels[stream], message }),
    onExit: (exit) => end({ type: 'failed', failure: { code: 'trainer-crashed', message: explainExit(exit) } }),
  })
  trainer.send({ type: 'start', assignment, ...(salt !== null && { salt }), ...(trace !== null && { trace }) })
  const close = () => {
    clearTimeout(watchdog)
    over.abort()
    lease.stop()
    recorder.stop()
  }
  return { trainer, lease, recorder, ended, usedEngine: () => used, close }
}

const outputLevels = { stdout: 'info', stderr: 'warn' } as const

type Relay = {
  readonly trainer: TrainerProcess
  readonly recorder: Recorder
  readonly meter: AttemptMeter
  readonly end: (end: AttemptEnd) => void
}

function relay(message: FromTrainer, { trainer, recorder, meter, end }: Relay): void {
  switch (message.type) {
    case 'ready':
    case 'alive':
    case 'engine':
      return
    case 'progress':
      meter.progressed(message.progress)
      return recorder.progress(message.progress)
    case 'series':
      return recorder.series(message.points)
    case 'log':
      return recorder.log(message)
    case 'checkpoint':
      void recorder.checkpoint(message.checkpoint).then((stored) => {
        if (stored === 'stored') trainer.send({ type: 'acknowledge', step: message.checkpoint.step })
      })
      return
    case 'done':
      return end({ type: 'done', result: message.result })
    case 'failed':
      if (message.detail !== undefined) recorder.log({ at: now(), level: 'error', message: message.detail })
      return end(endOfFailure(message))
  }
}

/** A trainer reports this only after it was asked to stop. */
function endOfFailure({ code, message, missing }: Extract<FromTrainer, { type: 'failed' }>): AttemptEnd {
  if (code === 'experiment-cancelled') return { type: 'cancelled' }
  return { type: 'failed', failure: { code, message, ...(missing && { missing }) } }
}

/** It would probably hang again, so this counts against the task's small budget, not against the infrastructure. */
function explainSilence(silenceMs: number): Failure {
  return { code: 'task-failed', message: `The trainer reported nothing for ${silenceMs / 1_000} s` }
}

function explainExit({ code, signal }: TrainerExit): string {
  if (signal !== null) return `The trainer process was killed by ${signal}`
  if (code !== null) return `The trainer process ended with exit code ${code} during the task`
  return 'The trainer process could not be started'
}

function now(): string {
  return new Date().toISOString()
}
