import type { FleetCensus, FleetCounts } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'

/** All verdicts there ever were are counted, and every process that is scraped counts them. */
const verdictsEveryMs = 5 * 60_000

type CountedVerdicts = { readonly verdicts: FleetCounts['verdicts']; readonly untilMs: number }

/**
 * Ended tasks, of which there are ever more, are not counted: all other states have partial indexes. Verdicts are
 * counted at most once in five minutes.
 */
export function createFleetCensus(database: Database, clock: () => Date = () => new Date()): FleetCensus {
  let counted: CountedVerdicts | null = null
  return {
    countFleet: () =>
      database.snapshot(async (queries) => {
        const nowMs = clock().getTime()
        const tasks = await countTasks(queries)
        const experiments = await countExperiments(queries)
        if (counted === null || counted.untilMs <= nowMs)
          counted = { verdicts: await countVerdicts(queries), untilMs: nowMs + verdictsEveryMs }
        return { tasks, experiments, verdicts: counted.verdicts }
      }),
  }
}

/** One branch for each partial index: with a list of states, PostgreSQL would read the whole table. */
async function countTasks(queries: Queries): Promise<FleetCounts['tasks']> {
  return queries.$queryRaw<FleetCounts['tasks']>`
    SELECT w.name AS workspace, c.device, c.state, c.count::int FROM (
      SELECT workspace_id, device, 'blocked' AS state, count(*) FROM tasks WHERE state = 'blocked' GROUP BY 1, 2
      UNION ALL
      SELECT workspace_id, device, 'ready', count(*) FROM tasks WHERE state = 'ready' GROUP BY 1, 2
      UNION ALL
      SELECT workspace_id, device, state, count(*) FROM tasks WHERE state IN ('queued', 'running') GROUP BY 1, 2, 3
    ) c JOIN workspaces w ON w.id = c.workspace_id ORDER BY 1, 2, 3`
}

async function countExperiments(queries: Queries): Promise<FleetCounts['experiments']> {
  return queries.$queryRaw<FleetCounts['experiments']>`
    SELECT w.name AS workspace, e.state, count(*)::int FROM experiments e JOIN workspaces w ON w.id = e.workspace_id
    WHERE e.state IN ('waiting', 'running') GROUP BY 1, 2 ORDER BY 1, 2`
}

async function countVerdicts(queries: Queries): Promise<FleetCounts['verdicts']> {
  return queries.$queryRaw<FleetCounts['verdicts']>`
    SELECT w.name AS workspace, v.name AS verdict, v.count::int FROM (
      SELECT workspace_id, name, count(*) FROM verdicts GROUP BY 1, 2
    ) v JOIN workspaces w ON w.id = v.workspace_id ORDER BY 1, 2`
}
