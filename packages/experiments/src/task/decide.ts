import { errorTable, type Failure } from '@goalpost/contracts'
import { isEnded } from '../state.ts'
import {
  declineDelayMs,
  retryBudget,
  retryDelayMs,
  type TaskCommand,
  type TaskDecision,
  type TaskEffect,
  type TaskLifecycle,
} from './lifecycle.ts'

type Command<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>

type Allowed = Extract<TaskDecision, { ok: true }>

const conflict: TaskDecision = { ok: false, code: 'state-conflict' }
const stale: TaskDecision = { ok: false, code: 'stale-epoch' }

/** The effect of a command on a task. Total: defined for every command in every state. */
export function decide(task: TaskLifecycle, command: TaskCommand, now: Date): TaskDecision {
  switch (command.type) {
    case 'unblock':
      return task.state === 'blocked' && !task.held ? move(task, { state: 'ready' }) : conflict
    case 'abandon':
      return task.state === 'blocked'
        ? move(task, { state: 'failed', failure: { code: 'task-failed', message: command.message } })
        : conflict
    case 'dispatch':
      return task.state === 'ready' ? move(task, { state: 'queued', dispatchCount: task.dispatchCount + 1 }) : conflict
    case 'requeue':
      return task.state === 'queued' && task.dispatchCount === command.dispatchCount
        ? move(task, { state: 'ready' })
        : conflict
    case 'decline':
      return decideDecline(task, command, now)
    case 'claim':
      return decideClaim(task, command, now)
    case 'renew':
      return holds(task, command) ? move(task, { leaseUntil: later(now, command.leaseMs) }) : stale
    case 'record':
      return holds(task, command) ? move(task, {}) : stale
    case 'advance':
      return holds(task, command) ? move(task, { infrastructureFailures: 0 }) : stale
    case 'complete':
      return holds(task, command) ? endAttempt(task, { state: 'succeeded', failure: null }, 'succeeded') : stale
    case 'fail':
      return holds(task, command) ? decideFailure(task, { failure: command.failure, outcome: 'failed', now }) : stale
    case 'release':
      return holds(task, command) ? decideRelease(task) : stale
    case 'expire':
      return decideExpiry(task, now)
    case 'cancel':
      return decideCancel(task)
    case 'hold':
      return decideHold(task)
    case 'unhold':
      return move(task, { held: false })
    case 'preempt':
      return decidePreemption(task)
    case 'retry':
      return decideRetry(task)
    case 'block':
      return decideBlocking(task)
    case 'invalidate':
      return decideInvalidation(task)
  }
}

/** The fence: an attempt may write while its task runs under the epoch that it claimed. */
function holds(task: TaskLifecycle, command: { readonly epoch: number }): boolean {
  return task.state === 'running' && task.epoch === command.epoch
}

function decideClaim(task: TaskLifecycle, command: Command<'claim'>, now: Date): TaskDecision {
  if (task.epoch !== command.epoch) return stale
  // A job may arrive although its task was made ready again meanwhile: the first claim wins.
  if (task.state !== 'ready' && task.state !== 'queued') return conflict
  const epoch = task.epoch + 1
  const leaseUntil = later(now, command.leaseMs)
  // A worker of an earlier release may have ended the attempt that was asked.
  return move(task, { state: 'running', epoch, worker: command.worker, leaseUntil, preemptRequested: false }, [
    { type: 'attempt-started', epoch, worker: command.worker },
  ])
}

/** Neither an attempt nor a failure. A task that is already ready again will be delivered anyway. */
function decideDecline(task: TaskLifecycle, { epoch }: Command<'decline'>, now: Date): TaskDecision {
  if (task.epoch !== epoch) return stale
  return task.state === 'queued' ? move(task, { state: 'ready', notBefore: later(now, declineDelayMs) }) : conflict
}

type FailedAttempt = { readonly failure: Failure; readonly outcome: 'failed' | 'lost'; readonly now: Date }

function decideFailure(task: TaskLifecycle, { failure, outcome, now }: FailedAttempt): TaskDecision {
  if (task.cancelRequested) return endAttempt(task, { state: 'cancelled' }, outcome, failure)
  const { kind, retryable } = errorTable[failure.code]
  const infrastructure = kind === 'infrastructure'
  const experimentFailures = task.experimentFailures + (infrastructure ? 0 : 1)
  const infrastructureFailures = task.infrastructureFailures + (infrastructure ? 1 : 0)
  const spent = infrastructure
    ? infrastructureFailures >= retryBudget.infrastructure
    : experimentFailures >= retryBudget.experiment
  const state = retryable && !spent ? waiting(task) : 'failed'
  const missing = state === 'failed' ? [] : missedTwice(task.failure, failure)
  // No outage to wait for: the next attempt reads other files.
  const notBefore = infrastructure && missing.length === 0 ? later(now, retryDelayMs(infrastructureFailures)) : null
  const change = { state, failure, experimentFailures, infrastructureFailures, notBefore } as const
  const decision = endAttempt(task, change, outcome, failure)
  // One lost checkpoint costs two attempts: the rest of the budget is for the computation from the start.
  const startAgain = infrastructureFailures >= retryBudget.infrastructure / 2
  return missing.length === 0 ? decision : withEffect(decision, { type: 'files-lost', missing, startAgain })
}

/**
 * One worker with a wrong folder must not cause a training to be repeated: the previous attempt must have missed it
 * too.
 */
function missedTwice(before: Failure | null, now: Failure): readonly string[] {
  return (now.missing ?? []).filter((hash) => before?.missing?.includes(hash))
}

function withEffect(decision: Allowed, effect: TaskEffect): Allowed {
  return { ...decision, effects: [...decision.effects, effect] }
}

function decideRelease(task: TaskLifecycle): TaskDecision {
  // A worker that stops because of a cancellation may be late: the task may be wanted again.
  return endAttempt(task, { state: task.cancelRequested ? 'cancelled' : waiting(task) }, 'cancelled')
}

/** The state of a task that could run. */
const waiting = ({ held }: TaskLifecycle) => (held ? 'blocked' : 'ready')

function decideExpiry(task: TaskLifecycle, now: Date): TaskDecision {
  if (task.state !== 'running' || task.leaseUntil === null) return conflict
  if (task.leaseUntil > now) return { ok: false, code: 'lease-held' }
  const message = `The worker ${task.worker ?? ''} stopped renewing its lease`
  return decideFailure(task, { failure: { code: 'worker-lost', message }, outcome: 'lost', now })
}

function decideCancel(task: TaskLifecycle): TaskDecision {
  if (isEnded(task.state)) return conflict
  return task.state === 'running' ? move(task, { cancelRequested: true }) : move(task, { state: 'cancelled' })
}

/** A running task stays with its worker, which finds out when it renews the lease. */
function decideHold(task: TaskLifecycle): TaskDecision {
  const waits = task.state === 'ready' || task.state === 'queued'
  return move(task, { held: true, ...(waits ? { state: 'blocked' } : {}) })
}

/** It stays with its worker, which finds out when it renews the lease, and is ready again when that has stopped. */
function decidePreemption(task: TaskLifecycle): TaskDecision {
  const isAsked = task.cancelRequested || task.held || task.preemptRequested
  return task.state === 'running' && !isAsked ? move(task, { preemptRequested: true }) : conflict
}

function decideRetry(task: TaskLifecycle): TaskDecision {
  if (task.state === 'running' && task.cancelRequested) return move(task, { cancelRequested: false })
  if (task.state !== 'failed' && task.state !== 'cancelled') return conflict
  return withEffect(move(task, { ...fresh, state: 'blocked' }), restored)
}

function decideBlocking(task: TaskLifecycle): TaskDecision {
  if (task.state === 'ready' || task.state === 'queued') return move(task, { state: 'blocked' })
  if (task.state !== 'running') return conflict
  return endAttempt(task, { state: task.cancelRequested ? 'cancelled' : 'blocked' }, 'cancelled')
}

function decideInvalidation(task: TaskLifecycle): TaskDecision {
  if (task.state === 'blocked') return conflict
  if (task.state === 'running') {
    const state = task.cancelRequested ? 'cancelled' : 'blocked'
    return withEffect(endAttempt(task, { ...fresh, state }, 'cancelled'), restored)
  }
  const discarded = task.state === 'succeeded' ? [{ type: 'result-discarded' } as const] : []
  return move(task, { ...fresh, state: 'blocked' }, [restored, ...discarded])
}

const restored: TaskEffect = { type: 'budget-restored' }
const fresh = { failure: null, experimentFailures: 0, infrastructureFailures: 0, notBefore: null } as const

function endAttempt(
  task: TaskLifecycle,
  change: Partial<TaskLifecycle>,
  outcome: Extract<TaskEffect, { type: 'attempt-ended' }>['outcome'],
  failure: Failure | null = null,
): Allowed {
  const ended = { worker: null, leaseUntil: null, cancelRequested: false, preemptRequested: false }
  return move(task, { ...ended, ...change }, [{ type: 'attempt-ended', epoch: task.epoch, outcome, failure }])
}

function move(task: TaskLifecycle, change: Partial<TaskLifecycle>, effects: readonly TaskEffect[] = []): Allowed {
  return { ok: true, next: { ...task, ...change }, effects }
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms)
}
