import type { Deadlines } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { cancelExperiment, lockExperimentOf, type ExperimentId } from '../experiments/change-experiment.ts'
import { readTime, type Change, type Changes, type Clock } from '../tasks/change.ts'

const atATime = 100

export function createDeadlines(database: Database, changes: Changes, clock?: Clock): Deadlines {
  return {
    async stopOverdue() {
      let stopped = 0
      for (;;) {
        const overdue = await database.query((queries) => readOverdue(queries, clock))
        for (const which of overdue) if (await changes.run((change) => stop(change, which))) stopped += 1
        if (overdue.length < atATime) return stopped
      }
    },
  }
}

/** Without a lock: each is looked at again before it is stopped. */
async function readOverdue(queries: Queries, clock?: Clock): Promise<ExperimentId[]> {
  const now = await readTime(queries, clock)
  return queries.$queryRaw<ExperimentId[]>`
    SELECT id, workspace_id AS "workspaceId" FROM experiments
    WHERE deadline_at <= ${now.toISOString()}::timestamptz AND cancelled_at IS NULL AND state IN ('waiting', 'running')
    ORDER BY deadline_at, id LIMIT ${atATime}::int`
}

/** False if the deadline was changed, or the experiment ended, since it was read. */
async function stop(change: Change, which: ExperimentId): Promise<boolean> {
  const experiment = await lockExperimentOf(change.queries, which)
  if (experiment === null || experiment.cancelledAt !== null) return false
  const { deadlineAt } = experiment
  if (deadlineAt === null || deadlineAt > change.now) return false
  const reason = `its deadline, ${deadlineAt.toISOString()}, has passed`
  return (await cancelExperiment(change, { ...which, reason })) === null
}
