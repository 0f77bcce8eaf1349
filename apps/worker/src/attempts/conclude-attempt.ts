import type { Failure, Manifest, TaskResult } from '@goalpost/contracts'
import type { Claim, TaskLedger } from '@goalpost/experiments'
import { persist } from './persist.ts'
import type { Stored } from './persist.ts'
import type { Recorder } from './recorder.ts'

/** Why an attempt ended. */
export type AttemptEnd =
  | { readonly type: 'done'; readonly result: TaskResult }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'cancelled' }
  | { readonly type: 'shutdown' }
  /** Another attempt has taken over, or may have. */
  | { readonly type: 'lost' }
  /** A report could not be stored. */
  | { readonly type: 'unrecorded'; readonly trouble: Trouble }

export type AttemptOutcome = 'succeeded' | 'failed' | 'cancelled' | 'released' | 'lost'

type Conclusion = {
  readonly ledger: TaskLedger
  readonly claim: Claim
  readonly manifest: Manifest
  readonly recorder: Recorder
  readonly lost: AbortSignal
  readonly patienceMs: number
}

/** A worker that shuts down does not wait for an unavailable database: the lease expires on its own. */
const shutdownPatienceMs = 3_000

/** Records how the attempt ended; `lost` if that could not be stored or was refused. */
export async function concludeAttempt(end: AttemptEnd, conclusion: Conclusion): Promise<AttemptOutcome> {
  const { ledger, claim, manifest } = conclusion
  switch (end.type) {
    case 'done':
      return settle('succeeded', () => ledger.complete(claim, end.result, manifest), conclusion)
    case 'failed':
      return settle('failed', () => ledger.fail(claim, end.failure), conclusion)
    case 'unrecorded':
      return settle('failed', unrecorded(conclusion, end.trouble), { ...conclusion, recorder: null })
    case 'cancelled':
      return settle('cancelled', () => ledger.release(claim, 'cancelled'), conclusion)
    case 'shutdown':
      return settle('released', () => ledger.release(claim, 'shutdown'), {
        ...conclusion,
        recorder: null,
        patienceMs: shutdownPatienceMs,
      })
    case 'lost':
      return 'lost'
  }
}

type Trouble = Exclude<Stored, 'stored' | 'stale'>

/** It would be refused again, so this counts against the task, not against the infrastructure. */
function unrecorded({ ledger, claim }: Pick<Conclusion, 'ledger' | 'claim'>, trouble: Trouble): () => Promise<boolean> {
  const failure: Failure =
    trouble === 'abandoned'
      ? { code: 'unavailable', message: 'The task’s output could not be stored for the length of a lease' }
      : { code: 'task-failed', message: `The task’s output cannot be stored: ${trouble.refused}` }
  return () => ledger.fail(claim, failure)
}

type Settling = Omit<Conclusion, 'recorder'> & { readonly recorder: Recorder | null }

async function settle(
  outcome: AttemptOutcome,
  write: () => Promise<boolean>,
  settling: Settling,
): Promise<AttemptOutcome> {
  const { recorder, lost, patienceMs } = settling
  // The last curve points and log lines must be stored before the attempt ends.
  const flushed = recorder === null ? 'stored' : await recorder.flush()
  if (flushed === 'stale') return 'lost'
  if (flushed !== 'stored' && outcome === 'succeeded')
    return settle('failed', unrecorded(settling, flushed), { ...settling, recorder: null })
  const stored = await persist(write, { signal: lost, patienceMs })
  if (typeof stored === 'object' && outcome === 'succeeded')
    return settle('failed', unrecorded(settling, stored), { ...settling, recorder: null })
  return stored === 'stored' ? outcome : 'lost'
}
