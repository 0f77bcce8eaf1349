import { verdictPart, verdictView, type Tone, type VerdictSummary, type VerdictView } from '@goalpost/contracts'
import { changedVerdicts, presentVerdict, type VerdictChange } from '@goalpost/experiments'
import { jsonRows } from '../database/json-rows.ts'
import type { Queries } from '../database/open-database.ts'
import type { Verdict } from '../generated/client.ts'

type Analysed = { readonly id: string; readonly analysisTaskId: string; readonly now: Date }

/**
 * Copies the verdicts from the report of the experiment's analysis, replacing earlier ones; returns what has
 * changed. If the analysis has not succeeded, earlier verdicts stay. The experiment must be locked.
 */
export async function takeVerdictsOver(queries: Queries, analysed: Analysed): Promise<VerdictChange[]> {
  const found = await readReported(queries, analysed.analysisTaskId)
  if (found === null) return []
  const before = await queries.verdict.findMany({
    where: { experimentId: analysed.id },
    select: { condition: true, title: true, name: true },
    orderBy: { position: 'asc' },
  })
  await queries.verdict.deleteMany({ where: { experimentId: analysed.id } })
  await insertVerdicts(queries, analysed, found)
  return changedVerdicts(before, found)
}

/** Null if the analysis has not succeeded. PostgreSQL sends only the verdicts of a large report. */
async function readReported(queries: Queries, taskId: string): Promise<VerdictView[] | null> {
  const [row] = await queries.$queryRaw<{ parts: unknown[] }[]>`
    SELECT jsonb_path_query_array(result, '$.report.parts[*] ? (@.type == "verdict")') AS parts
    FROM tasks WHERE id = ${taskId}::uuid AND state = 'succeeded'`
  return row === undefined ? null : row.parts.map((part) => presentVerdict(verdictPart.parse(part)))
}

/** Of the worst verdict, for lists; 0 for none. */
const toneRanks: Readonly<Record<Tone, number>> = { bad: 4, warning: 3, neutral: 2, good: 1 }

async function insertVerdicts(queries: Queries, { id, now }: Analysed, verdicts: readonly VerdictView[]) {
  const rank = Math.max(0, ...verdicts.map(({ tone }) => toneRanks[tone]))
  await queries.$executeRaw`UPDATE experiments SET verdict_rank = ${rank}::int WHERE id = ${id}::uuid`
  if (verdicts.length === 0) return
  const rows = verdicts.map((verdict, position) => ({ ...verdict, position }))
  await queries.$executeRaw`
    INSERT INTO verdicts (experiment_id, workspace_id, position, condition, title, name, tone, sentence, goal, numbers,
      provisional, agreeing, total, updated_at)
    SELECT e.id, e.workspace_id, v.*, ${now.toISOString()}::timestamptz
    FROM experiments e CROSS JOIN jsonb_to_recordset(${jsonRows(rows)}::jsonb) AS v(position int, condition text,
      title text, name text, tone text, sentence text, goal text, numbers jsonb, provisional boolean, agreeing int,
      total int)
    WHERE e.id = ${id}::uuid`
}

/** In the order of the report. */
export async function readVerdicts(queries: Queries, experimentId: string): Promise<VerdictView[]> {
  return (await readVerdictsOf(queries, [experimentId])).get(experimentId) ?? []
}

/** The same of several experiments, by id. */
export async function readVerdictsOf(
  queries: Queries,
  experimentIds: readonly string[],
): Promise<ReadonlyMap<string, VerdictView[]>> {
  const rows = await queries.verdict.findMany({
    where: { experimentId: { in: [...experimentIds] } },
    orderBy: [{ experimentId: 'asc' }, { position: 'asc' }],
  })
  const groups = Map.groupBy(rows, (row) => row.experimentId)
  return new Map([...groups].map(([id, verdicts]) => [id, verdicts.map(toView)]))
}

function toView(row: Verdict): VerdictView {
  return { ...toSummary(row), numbers: verdictView.shape.numbers.parse(row.numbers) }
}

/** The same without numbers. */
export async function summariseVerdicts(
  queries: Queries,
  experimentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly VerdictSummary[]>> {
  const rows = await queries.verdict.findMany({
    where: { experimentId: { in: [...experimentIds] } },
    omit: { numbers: true },
    orderBy: [{ experimentId: 'asc' }, { position: 'asc' }],
  })
  const groups = Map.groupBy(rows, (row) => row.experimentId)
  return new Map([...groups].map(([id, verdicts]) => [id, verdicts.map(toSummary)]))
}

function toSummary(row: Omit<Verdict, 'numbers'>): VerdictSummary {
  const { condition, title, name, tone, sentence, goal, provisional, agreeing, total } = row
  return {
    condition,
    title,
    name,
    tone: verdictView.shape.tone.parse(tone),
    sentence,
    goal,
    provisional,
    agreeing,
    total,
  }
}
