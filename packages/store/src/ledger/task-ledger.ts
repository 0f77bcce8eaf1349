import type { SeriesPoint } from '@goalpost/contracts'
import type { Claim, TaskCommand, TaskDecision, TaskLedger } from '@goalpost/experiments'
import { applyCommand } from '../tasks/apply-commands.ts'
import type { Database } from '../database/open-database.ts'
import { lockWorkspaceOfTask, type Change, type Changes, type Clock } from '../tasks/change.ts'
import { settleDependents } from '../tasks/dependents.ts'
import { recomputeLost } from '../tasks/recompute-lost.ts'
import { lockTasks, type LockedTask } from '../tasks/locked-task.ts'
import { claimTask } from './claim.ts'
import { completeTask } from './complete.ts'
import { renewLease } from './renew.ts'
import { recordSeries } from './record-series.ts'
import { insertLogs, storeCheckpoint } from './records.ts'
import { storableText } from '../database/json-rows.ts'

type Writes = (change: Change, task: LockedTask) => Promise<void>

/** Every write locks the task and checks its epoch in the same transaction. */
export function createTaskLedger(database: Database, changes: Changes, clock?: Clock): TaskLedger {
  /** Runs `writes` if the claim still holds: the row lock keeps others from taking over meanwhile. */
  const record = (claim: Claim, writes: Writes) =>
    changes.run(async (change) => {
      const { task, decision } = await command(change, claim, { type: 'record', epoch: claim.epoch })
      if (task === null || !decision.ok) return false
      await writes(change, task)
      return true
    })

  return {
    claim: (job, worker) => changes.run((change) => claimTask(change, job, worker)),
    renew: (claim, leaseMs) =>
      database.query((queries) => renewLease(queries, claim, { leaseMs, now: clock?.() ?? null })),
    recordProgress: (claim, progress) =>
      record(claim, async ({ queries, touched, now }, { id }) => {
        await queries.$executeRaw`
          UPDATE tasks SET progress = ${JSON.stringify(progress)}::jsonb, updated_at = ${now.toISOString()}::timestamptz
          WHERE id = ${id}::uuid`
        touched.add(id)
      }),
    recordSeries: (claim, points: readonly SeriesPoint[]) =>
      record(claim, ({ queries }, { id }) => recordSeries(queries, id, points)),
    recordCheckpoint: (claim, checkpoint) =>
      changes.run(async (change) => {
        await lockWorkspaceOfTask(change.queries, claim.taskId)
        const { task, decision } = await command(change, claim, { type: 'record', epoch: claim.epoch })
        if (task === null || !decision.ok) return false
        await storeCheckpoint(change, task, { claim, checkpoint })
        return true
      }),
    recordLogs: (claim, lines) => record(claim, ({ queries }) => insertLogs(queries, claim, lines)),
    complete: (claim, result, manifest) => changes.run((change) => completeTask(change, claim, { result, manifest })),
    fail: (claim, { code, message, missing }) => {
      const failure = { code, message: storableText(message), ...(missing && { missing }) }
      return finish(changes, claim, { type: 'fail', epoch: claim.epoch, failure })
    },
    release: (claim, reason) => finish(changes, claim, { type: 'release', epoch: claim.epoch, reason }),
  }
}

/** Ends an attempt without a result; if that ends the task, updates its dependents. */
function finish(changes: Changes, claim: Claim, end: TaskCommand): Promise<boolean> {
  return changes.run(async (change) => {
    await lockWorkspaceOfTask(change.queries, claim.taskId)
    const { decision } = await command(change, claim, end)
    if (!decision.ok) return false
    await settleDependents(change, [{ id: claim.taskId, state: decision.next.state }])
    for (const effect of decision.effects) if (effect.type === 'files-lost') await recomputeLost(change, claim, effect)
    return true
  })
}

type Commanded = { readonly task: LockedTask | null; readonly decision: TaskDecision }

async function command(change: Change, claim: Claim, wanted: TaskCommand): Promise<Commanded> {
  const [task] = await lockTasks(change.queries, [claim.taskId])
  if (task === undefined) return { task: null, decision: { ok: false, code: 'stale-epoch' } }
  return { task, decision: await applyCommand(change, task, { command: wanted }) }
}
