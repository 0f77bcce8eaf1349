import type { Manifest, TaskResult } from '@goalpost/contracts'
import {
  decide,
  type TaskCommand,
  type TaskDecision,
  type TaskEffect,
  type TaskLifecycle,
  type WorkSignal,
} from '@goalpost/experiments'
import { jsonRows } from '../database/json-rows.ts'
import type { Change } from './change.ts'
import type { LockedTask } from './locked-task.ts'

/** The result of a task, written in the same statement as its state. */
export type Outcome = { readonly result: TaskResult; readonly resultHash: string; readonly manifest: Manifest }

type Decided = { readonly task: LockedTask; readonly decision: Extract<TaskDecision, { ok: true }> }

/** Decides one command for one locked task and writes the decision. */
export async function applyCommand(
  change: Change,
  task: LockedTask,
  { command, outcome }: { command: TaskCommand; outcome?: Outcome },
): Promise<TaskDecision> {
  const decision = decide(task.lifecycle, command, change.now)
  // A report is allowed or not, and does not change the task: the row is locked, which fences it, but not written.
  if (decision.ok && command.type !== 'record') await write(change, [{ task, decision }], outcome)
  return decision
}

/** The same for any number of tasks, in a fixed number of statements. Returns the tasks for which it was allowed. */
export async function applyToAll(
  change: Change,
  tasks: readonly LockedTask[],
  commandFor: (task: LockedTask) => TaskCommand,
): Promise<LockedTask[]> {
  const decided = tasks.flatMap((task): Decided[] => {
    const decision = decide(task.lifecycle, commandFor(task), change.now)
    return decision.ok ? [{ task, decision }] : []
  })
  if (decided.length > 0) await write(change, decided)
  return decided.map(({ task, decision }) => ({ ...task, lifecycle: decision.next }))
}

async function write(change: Change, decided: readonly Decided[], outcome?: Outcome): Promise<void> {
  await writeTasks(change, decided, outcome)
  await writeEffects(change, decided)
  for (const { task, decision } of decided) {
    const from = task.lifecycle.state
    const to = decision.next.state
    if (to === 'ready') change.signals.add(signalOf(decision.next, change.now))
    if (from !== to) change.transitions.push({ taskId: task.id, from, to })
    else if (isAsked(decision.next) !== isAsked(task.lifecycle)) change.touched.add(task.id)
  }
}

/** Whether its worker is asked to stop. */
const isAsked = ({ cancelRequested, held, preemptRequested }: TaskLifecycle): boolean =>
  cancelRequested || held || preemptRequested

function signalOf({ notBefore }: TaskLifecycle, now: Date): WorkSignal {
  return notBefore !== null && notBefore > now ? 'postponed' : 'ready'
}

async function writeTasks({ queries, now }: Change, decided: readonly Decided[], outcome?: Outcome): Promise<void> {
  const rows = decided.map(({ task, decision: { next } }) => ({
    id: task.id,
    state: next.state,
    epoch: next.epoch,
    worker: next.worker,
    lease_until: next.leaseUntil,
    cancel_requested: next.cancelRequested,
    held: next.held,
    preempt_requested: next.preemptRequested,
    experiment_failures: next.experimentFailures,
    infrastructure_failures: next.infrastructureFailures,
    dispatch_count: next.dispatchCount,
    not_before: next.notBefore,
    failure: next.failure,
    result: outcome?.result ?? null,
    result_hash: outcome?.resultHash ?? null,
    manifest: outcome?.manifest ?? null,
  }))
  await queries.$executeRaw`
    UPDATE tasks t SET state = c.state, epoch = c.epoch, worker = c.worker, lease_until = c.lease_until,
      cancel_requested = c.cancel_requested, held = c.held, preempt_requested = c.preempt_requested,
      experiment_failures = c.experiment_failures, infrastructure_failures = c.infrastructure_failures, dispatch_count = c.dispatch_count,
      not_before = c.not_before, failure = c.failure,
      result = CASE WHEN c.state = 'succeeded' THEN coalesce(c.result, t.result) END,
      result_hash = CASE WHEN c.state = 'succeeded' THEN coalesce(c.result_hash, t.result_hash) END,
      manifest = CASE WHEN c.state = 'succeeded' THEN coalesce(c.manifest, t.manifest) END,
      progress = CASE WHEN c.state = 'blocked' AND NOT c.held THEN NULL ELSE t.progress END,
      updated_at = ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS c(
      id uuid, state text, epoch int, worker text, lease_until timestamptz, cancel_requested boolean, held boolean,
      preempt_requested boolean, experiment_failures int, infrastructure_failures int, dispatch_count int, not_before timestamptz, failure jsonb,
      result jsonb, result_hash text, manifest jsonb)
    WHERE t.id = c.id`
}

type Effect<Type extends TaskEffect['type']> = Extract<TaskEffect, { type: Type }> & { readonly taskId: string }

async function writeEffects(change: Change, decided: readonly Decided[]): Promise<void> {
  const effects = decided.flatMap(({ task, decision }) =>
    decision.effects.map((effect) => ({ ...effect, taskId: task.id })),
  )
  if (effects.length === 0) return
  const of = <Type extends TaskEffect['type']>(type: Type) =>
    effects.filter((effect): effect is Effect<Type> => effect.type === type)
  await startAttempts(change, of('attempt-started'))
  await endAttempts(change, of('attempt-ended'))
  await forgetLostSteps(change, of('budget-restored'))
  await discardResults(change, of('result-discarded'))
}

async function startAttempts({ queries, now }: Change, started: readonly Effect<'attempt-started'>[]): Promise<void> {
  for (const { taskId, epoch, worker } of started) {
    await queries.$executeRaw`
      INSERT INTO attempts (task_id, epoch, worker, started_at, outcome, resumed)
      VALUES (${taskId}::uuid, ${epoch}::int, ${worker}, ${now.toISOString()}::timestamptz, 'running',
        EXISTS (SELECT FROM checkpoints WHERE task_id = ${taskId}::uuid))`
  }
}

async function endAttempts({ queries, now }: Change, ended: readonly Effect<'attempt-ended'>[]): Promise<void> {
  if (ended.length === 0) return
  const rows = ended.map(({ taskId, epoch, outcome, failure }) => ({ task_id: taskId, epoch, outcome, failure }))
  await queries.$executeRaw`
    UPDATE attempts a SET ended_at = ${now.toISOString()}::timestamptz, outcome = e.outcome, failure = e.failure
    FROM jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS e(task_id uuid, epoch int, outcome text, failure jsonb)
    WHERE a.task_id = e.task_id AND a.epoch = e.epoch`
}

async function forgetLostSteps({ queries }: Change, restored: readonly Effect<'budget-restored'>[]): Promise<void> {
  if (restored.length === 0) return
  await queries.$executeRaw`
    UPDATE tasks SET lost_step = NULL WHERE id = ANY(${restored.map(({ taskId }) => taskId)}::uuid[])
      AND lost_step IS NOT NULL`
}

async function discardResults({ queries }: Change, discarded: readonly Effect<'result-discarded'>[]): Promise<void> {
  if (discarded.length === 0) return
  await queries.$executeRaw`DELETE FROM measures WHERE task_id = ANY(${discarded.map(({ taskId }) => taskId)}::uuid[])`
}
