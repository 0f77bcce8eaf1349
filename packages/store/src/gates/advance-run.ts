import { GoalpostError, type RuleJudgement } from '@goalpost/contracts'
import type { DueGateRun, GateRunEnd, PlannedEvaluation } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { toStored } from '../database/stored-json.ts'
import { appendWorkspaceEvents } from '../events/append-workspace-events.ts'
import { createExperiment } from '../experiments/create.ts'
import { checkRuns } from '../quotas/check-quota.ts'
import { lockWorkspace, type Change, type Changes } from '../tasks/change.ts'
import { readRuns, toDueRun } from './read-runs.ts'

/** Runs whose current stage has not been started, or has ended. The oldest first, without a lock: each step checks. */
export async function readDueRuns(
  { queries }: Change,
  limit: number,
  except: readonly string[],
): Promise<DueGateRun[]> {
  const rows = await queries.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM gate_runs r
    WHERE r.ended_at IS NULL AND r.id <> ALL(${except}::uuid[]) AND NOT EXISTS (
      SELECT FROM gate_run_experiments l JOIN experiments e ON e.id = l.experiment_id
      WHERE l.run_id = r.id AND l.stage = r.stage AND e.state IN ('waiting', 'running'))
    ORDER BY r.id LIMIT ${limit}::int`
  const runs = await readRuns(
    queries,
    rows.map(({ id }) => id),
  )
  return runs.map(toDueRun)
}

/**
 * All experiments of the stage or none. Resolves to false if there is nothing to start, or the workspace has reached a
 * limit: it is tried again at the next look.
 */
export async function startStage(
  changes: Changes,
  run: DueGateRun,
  evaluations: readonly PlannedEvaluation[],
): Promise<boolean> {
  try {
    return await changes.run((change) => startExperiments(change, run, evaluations))
  } catch (error) {
    // Tasks may have stored files since the first check; what was created before is undone.
    if (error instanceof GoalpostError && error.code === 'quota-exceeded') return false
    throw error
  }
}

async function startExperiments(
  change: Change,
  run: DueGateRun,
  evaluations: readonly PlannedEvaluation[],
): Promise<boolean> {
  const { queries } = change
  await lockWorkspace(queries, run.workspaceId)
  if (!(await lockAtStage(change, run))) return false
  const { id: runId, stage } = run
  const started = await queries.gateRunExperiment.findFirst({ where: { runId, stage }, select: { stage: true } })
  if (started !== null) return false
  const runs = evaluations.reduce((sum, { experiment }) => sum + experiment.expansion.runs.length, 0)
  if ((await checkRuns(queries, run.workspaceId, runs)) !== null) return false
  for (const { version, experiment } of evaluations) {
    const created = await createExperiment(change, run.workspaceId, { ...experiment, idempotency: null })
    if (!created.ok && created.code === 'quota-exceeded') throw new GoalpostError(created.code, created.message)
    if (!created.ok) throw new Error(`A submission without a key was refused: ${created.code}`)
    const row = { runId, stage, version, experimentId: created.id }
    await queries.gateRunExperiment.create({ data: row, select: { stage: true } })
  }
  return true
}

export async function nextStage(
  change: Change,
  run: DueGateRun,
  { units, judgements }: { readonly units: number; readonly judgements: readonly RuleJudgement[] },
): Promise<boolean> {
  const { count } = await change.queries.gateRun.updateMany({
    where: { id: run.id, stage: run.stage, endedAt: null },
    data: { stage: run.stage + 1, units, judgements: judgements.map(toStored) },
  })
  return count > 0
}

export async function endRun({ queries, now }: Change, run: DueGateRun, end: GateRunEnd): Promise<boolean> {
  const { outcome, message, judgements } = end
  const { count } = await queries.gateRun.updateMany({
    where: { id: run.id, stage: run.stage, endedAt: null },
    data: { outcome, message, judgements: judgements.map(toStored), endedAt: now },
  })
  if (count === 0) return false
  await indexJudgements(queries, run.id)
  const { id, workspaceId, spec, number, trigger, version, units } = run
  const { name: gate, model } = spec
  const rules = judgements.map(({ rule, state, reason }) => ({ rule, state, reason }))
  const payload = { gate, model, version, outcome, message, units, rules, run: { id, number, trigger } }
  const event = { type: 'gate-run.ended', subject: `gates/${gate}/runs/${id}`, payload } as const
  await appendWorkspaceEvents(queries, { workspaceId, now }, [event])
  return true
}

/** One row per rule, through which the onset of a violation is found. */
async function indexJudgements(queries: Queries, runId: string): Promise<void> {
  await queries.$executeRaw`
    INSERT INTO gate_rule_states (run_id, rule, gate_id, gate_version, version, state)
    SELECT r.id, j.rule, r.gate_id, r.gate_version, r.version, j.state
    FROM gate_runs r, jsonb_to_recordset(r.judgements) AS j(rule text, state text) WHERE r.id = ${runId}::uuid`
}

/** Whether the run is still open at the stage that the step was decided for. */
async function lockAtStage({ queries }: Change, { id, stage }: DueGateRun): Promise<boolean> {
  const rows = await queries.$queryRaw<unknown[]>`
    SELECT id FROM gate_runs WHERE id = ${id}::uuid AND stage = ${stage}::int AND ended_at IS NULL FOR NO KEY UPDATE`
  return rows.length > 0
}
