import {
  experimentState,
  gateOutcome,
  gateRunTrigger,
  type GateOutcome,
  type GateRunView,
  type GateSpec,
  type ResolvedBaseline,
  type RuleJudgement,
} from '@goalpost/contracts'
import type { DueGateRun, StageExperiment } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'

type Row = {
  readonly id: string
  readonly workspaceId: string
  readonly gate: string
  readonly model: string
  readonly gateVersion: number
  readonly spec: GateSpec
  readonly number: number | null
  readonly trigger: string
  readonly version: number
  readonly step: bigint | null
  readonly baselines: ResolvedBaseline[]
  readonly stage: number
  readonly units: number
  readonly judgements: RuleJudgement[]
  readonly outcome: string | null
  readonly message: string | null
  readonly createdAt: Date
  readonly createdBy: string | null
  readonly endedAt: Date | null
  readonly experiments: StageExperiment[]
  readonly bisection: DueGateRun['bisection']
}

/** In the order of the ids. */
export async function readRuns(queries: Queries, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return []
  return queries.$queryRaw<Row[]>`
    SELECT r.id, r.workspace_id AS "workspaceId", g.name AS gate, g.model, r.gate_version AS "gateVersion", v.spec,
      r.number, r.trigger, r.version, n.step, r.baselines, r.stage, r.units, r.judgements, r.outcome, r.message,
      r.created_at AS "createdAt", r.created_by AS "createdBy", r.ended_at AS "endedAt", coalesce(x.experiments, '[]') AS experiments,
      (SELECT jsonb_build_object('errorRate', b.error_rate, 'versions', cardinality(b.versions))
        FROM gate_bisections b WHERE b.id = r.bisection_id) AS bisection
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS wanted(id, place)
    JOIN gate_runs r ON r.id = wanted.id
    JOIN gates g ON g.id = r.gate_id
    JOIN gate_versions v ON v.gate_id = r.gate_id AND v.number = r.gate_version
    LEFT JOIN models m ON m.workspace_id = r.workspace_id AND m.name = g.model
    LEFT JOIN model_versions n ON n.model_id = m.id AND n.number = r.version
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('experimentId', e.id, 'state', e.state, 'stage', l.stage,
        'version', l.version, 'failure', (
          SELECT t.failure FROM experiment_tasks k JOIN tasks t ON t.id = k.task_id
          WHERE k.experiment_id = e.id AND t.state = 'failed' ORDER BY k.position LIMIT 1), 'verdicts', (
          SELECT coalesce(jsonb_agg(jsonb_build_object('condition', d.condition, 'name', d.name, 'tone', d.tone)
            ORDER BY d.position), '[]') FROM verdicts d WHERE d.experiment_id = e.id))
        ORDER BY l.stage, l.version) AS experiments
      FROM gate_run_experiments l JOIN experiments e ON e.id = l.experiment_id WHERE l.run_id = r.id) AS x ON true
    ORDER BY wanted.place`
}

export function toDueRun(row: Row): DueGateRun {
  const { id, workspaceId, spec, number, version, baselines, stage, units, experiments, bisection } = row
  const trigger = gateRunTrigger.parse(row.trigger)
  return { id, workspaceId, spec, number, trigger, version, baselines, stage, units, experiments, bisection }
}

export function toRunView(row: Row): GateRunView {
  const { id, gate, gateVersion, number, model, version, baselines, message, units, experiments } = row
  return {
    id,
    gate,
    gateVersion,
    number,
    model,
    version,
    step: row.step === null ? null : Number(row.step),
    trigger: gateRunTrigger.parse(row.trigger),
    baselines,
    state: row.endedAt === null ? 'running' : 'ended',
    outcome: parseOutcome(row.outcome),
    message,
    units,
    rules: row.judgements,
    experiments: experiments.map(({ experimentId, state, stage, version: tested }) => ({
      experimentId,
      state: experimentState.parse(state),
      stage,
      version: tested,
    })),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

function parseOutcome(outcome: string | null): GateOutcome | null {
  return outcome === null ? null : gateOutcome.parse(outcome)
}
