import { type ResolvedSpec } from '@goalpost/contracts'
import type { VersionTests } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { readVerdictsOf } from '../experiments/verdicts.ts'
import { readRuns, toRunView } from './read-runs.ts'

type Which = { readonly workspaceId: string; readonly model: string; readonly version: number }

const mostExperiments = 100

/** What has tested a version: gates, each with its latest run, and experiments that have succeeded. */
export async function readVersionTests(queries: Queries, which: Which): Promise<VersionTests> {
  const rows = await findExperiments(queries, which)
  const shown = rows.slice(0, mostExperiments)
  const verdicts = await readVerdictsOf(
    queries,
    shown.map(({ id }) => id),
  )
  const experiments = shown.map((row) => ({ ...row, verdicts: verdicts.get(row.id) ?? [] }))
  return { gates: await readGates(queries, which), experiments, leftOut: rows.length > mostExperiments }
}

type ExperimentRow = {
  readonly id: string
  readonly name: string
  readonly resolved: ResolvedSpec
  readonly gateRunId: string | null
  readonly stage: number | null
}

/** Newest first. The index experiments_subject_idx has these expressions. */
function findExperiments(queries: Queries, { workspaceId, model, version }: Which): Promise<ExperimentRow[]> {
  return queries.$queryRaw<ExperimentRow[]>`
    SELECT e.id, e.name, e.resolved, l.run_id AS "gateRunId", l.stage
    FROM experiments e LEFT JOIN gate_run_experiments l ON l.experiment_id = e.id
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.state = 'succeeded'
      AND e.resolved #>> '{subject,model}' = ${model}
      AND e.resolved #>> '{subject,version}' = ${String(version)}
    ORDER BY e.id DESC LIMIT ${mostExperiments + 1}::int`
}

async function readGates(queries: Queries, { workspaceId, model, version }: Which): Promise<VersionTests['gates']> {
  const rows = await queries.$queryRaw<{ name: string; runId: string | null }[]>`
    SELECT g.name, r.id AS "runId" FROM gates g LEFT JOIN LATERAL (
      SELECT id FROM gate_runs WHERE gate_id = g.id AND version = ${version}::int AND bisection_id IS NULL
      ORDER BY id DESC LIMIT 1) AS r ON true
    WHERE g.workspace_id = ${workspaceId}::uuid AND g.model = ${model} AND g.deleted_at IS NULL ORDER BY g.name`
  const runs = await readRuns(
    queries,
    rows.flatMap(({ runId }) => runId ?? []),
  )
  const byId = new Map(runs.map((run) => [run.id, toRunView(run)]))
  return rows.map(({ name, runId }) => ({ name, run: runId === null ? null : (byId.get(runId) ?? null) }))
}
