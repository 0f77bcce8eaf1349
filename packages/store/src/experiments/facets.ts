import type { ExperimentFacets } from '@goalpost/contracts'
import type { Queries } from '../database/open-database.ts'

/** A longer list of suggestions is not read. */
const most = 100

type Facet<Name extends keyof ExperimentFacets> = ExperimentFacets[Name][number]

/** The labels and submitters that most experiments of the workspace have. */
export async function readFacets(queries: Queries, workspaceId: string): Promise<ExperimentFacets> {
  const labels = await queries.$queryRaw<Facet<'labels'>[]>`
    SELECT l.key AS name, l.value, count(*)::int AS experiments
    FROM experiments e CROSS JOIN LATERAL jsonb_each_text(e.labels) l
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.archived_at IS NULL
    GROUP BY l.key, l.value ORDER BY experiments DESC, name, value LIMIT ${most}::int`
  const submitters = await queries.$queryRaw<Facet<'submitters'>[]>`
    SELECT e.created_by AS name, count(*)::int AS experiments FROM experiments e
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.archived_at IS NULL AND e.created_by IS NOT NULL
    GROUP BY e.created_by ORDER BY experiments DESC, name LIMIT ${most}::int`
  return { labels, submitters }
}
