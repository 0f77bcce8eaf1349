import type { Aggregate, JsonObject, Labels, ResolvedSpec, TaskKind, TaskResult, TaskState } from '@goalpost/contracts'
import {
  canonicalJson,
  countStates,
  deriveRunState,
  type ConditionEvidence,
  type Evidence,
  type RunEvidence,
} from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { fromStored } from '../database/stored-json.ts'
import { toQuantity } from '../series/curves.ts'

type TaskRow = {
  condition: string
  seed: bigint
  key: string
  kind: TaskKind
  inputs: JsonObject
  state: TaskState
  result: TaskResult | null
}

/** Conditions and seeds in the order of the spec. */
export async function readEvidence(
  queries: Queries,
  workspaceId: string,
  id: string,
): Promise<Omit<Evidence, 'artifacts'> | null> {
  const experiment = await queries.experiment.findFirst({
    where: { id, workspaceId },
    select: { name: true, resolved: true },
  })
  if (experiment === null) return null
  const rows = await queries.$queryRaw<TaskRow[]>`
    SELECT r.condition, r.seed, l.key, t.kind, t.inputs, t.state, t.result
    FROM runs r JOIN run_tasks l ON l.run_id = r.id JOIN tasks t ON t.id = l.task_id
    WHERE r.experiment_id = ${id}::uuid ORDER BY l.run_id, l.position`
  const byCondition = Map.groupBy(rows, (row) => row.condition)
  const { conditions, seeds, search } = fromStored<ResolvedSpec>(experiment.resolved)
  return {
    ...(search === undefined ? {} : { search }),
    experiment: experiment.name,
    conditions: conditions.map(({ name, options, marks }): ConditionEvidence => {
      const bySeed = Map.groupBy(byCondition.get(name) ?? [], (row) => Number(row.seed))
      return { name, options, marks, runs: seeds.flatMap((seed) => toRunEvidence(seed, bySeed.get(seed))) }
    }),
  }
}

function toRunEvidence(seed: number, tasks: readonly TaskRow[] = []): RunEvidence[] {
  if (tasks.length === 0) return []
  const state = deriveRunState(countStates(tasks.map((task) => task.state)))
  return [{ seed, state, tasks: tasks.map(({ key, kind, inputs, result }) => ({ key, kind, inputs, result })) }]
}

type MeasureRow = {
  condition: string
  task_id: string
  seed: bigint
  key: string
  name: string
  labels: Labels
  value: number | null
  missing: string | null
}

/**
 * One group per condition, task and measure; within it one value per seed, ascending. Runs that share a task share one
 * value, under the lowest of their seeds: it was computed once, and is no evidence of differences between seeds.
 */
export async function readMeasures(
  queries: Queries,
  workspaceId: string,
  experimentId: string,
): Promise<Omit<Aggregate, 'estimate' | 'key'>[]> {
  const rows = await queries.$queryRaw<MeasureRow[]>`
    SELECT r.condition, r.seed, l.key, l.task_id, m.name, m.labels, m.value, m.missing
    FROM runs r
    JOIN run_tasks l ON l.run_id = r.id
    JOIN measures m ON m.task_id = l.task_id
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.experiment_id = ${experimentId}::uuid
    ORDER BY min(r.id::text) OVER (PARTITION BY r.condition), l.position, m.position, r.seed`
  const seen = new Set<string>()
  const computed = rows.filter(({ condition, key, task_id: task, name, labels }) => {
    const identity = canonicalJson([condition, key, task, name, labels])
    if (seen.has(identity)) return false
    seen.add(identity)
    return true
  })
  const groups = Map.groupBy(computed, ({ condition, key, name, labels }) =>
    canonicalJson([condition, key, name, labels]),
  )
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const { condition, key, name, labels } = first
    const values = [first, ...rest].map(({ seed, value, missing }) => ({
      seed: Number(seed),
      value: toQuantity(value, missing),
    }))
    return [{ condition, task: key, measure: name, labels, values }]
  })
}
