import { verifiesLabel } from '@goalpost/contracts'
import type { NamedFindings } from '@goalpost/experiments'
import type { Queries } from '../database/open-database.ts'
import { readVerdictsOf } from './verdicts.ts'

/** The index experiments_name_idx finds them in this order. */
export async function readNamedFindings(
  queries: Queries,
  workspaceId: string,
  { name, limit }: { readonly name: string; readonly limit: number },
): Promise<NamedFindings | null> {
  const rows = await queries.$queryRaw<{ id: string; createdAt: Date }[]>`
    SELECT e.id, e.created_at AS "createdAt" FROM experiments e
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.name = ${name}::text AND e.archived_at IS NULL
      AND e.labels -> ${verifiesLabel}::text IS NULL
      AND EXISTS (SELECT FROM verdicts v WHERE v.experiment_id = e.id)
    ORDER BY e.id DESC LIMIT ${limit + 1}::int`
  if (rows.length === 0 && !(await hasExperiment(queries, workspaceId, name))) return null
  const shown = rows.slice(0, limit).toReversed()
  const verdicts = await readVerdictsOf(
    queries,
    shown.map(({ id }) => id),
  )
  return {
    experiments: shown.map(({ id, createdAt }) => ({
      id,
      createdAt: createdAt.toISOString(),
      verdicts: verdicts.get(id) ?? [],
    })),
    leftOut: rows.length > limit,
  }
}

/** The id of the newest that is no verification of another; null if there is none. */
export async function findNamed(queries: Queries, workspaceId: string, name: string): Promise<string | null> {
  const [found] = await queries.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM experiments e
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.name = ${name}::text
      AND e.labels -> ${verifiesLabel}::text IS NULL
    ORDER BY e.id DESC LIMIT 1`
  return found?.id ?? null
}

async function hasExperiment(queries: Queries, workspaceId: string, name: string): Promise<boolean> {
  return (await queries.experiment.findFirst({ where: { workspaceId, name }, select: { id: true } })) !== null
}
