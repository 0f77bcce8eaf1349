import type { Deadlines, WhichExperiment } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import { cancelExperiment, lockExperimentOf } from '../experiments/change-experiment.ts'
import { readTime, type Change, type Changes, type Clock } from '../tasks/change.ts'

export function createDeadlines(database: Database, changes: Changes, clock?: Clock): Deadlines {
  return {
    // Without a lock: each is looked at again before it is stopped.
    overdue: (limit, except) =>
      database.query(async (queries) => {
        const now = (await readTime(queries, clock)).toISOString()
        return queries.$queryRaw<WhichExperiment[]>`
          SELECT id, workspace_id AS "workspaceId" FROM experiments
          WHERE deadline_at <= ${now}::timestamptz AND cancelled_at IS NULL AND state IN ('waiting', 'running')
            AND id <> ALL(${except}::uuid[])
          ORDER BY deadline_at, id LIMIT ${limit}::int`
      }),
    stop: (which) => changes.run((change) => stop(change, which)),
  }
}

async function stop(change: Change, which: WhichExperiment): Promise<boolean> {
  const experiment = await lockExperimentOf(change.queries, which)
  if (experiment === null || experiment.cancelledAt !== null) return false
  const { deadlineAt } = experiment
  if (deadlineAt === null || deadlineAt > change.now) return false
  const reason = `its deadline, ${deadlineAt.toISOString()}, has passed`
  return (await cancelExperiment(change, { ...which, reason })) === null
}
