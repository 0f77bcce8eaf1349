import { manifest as manifestSchema, type ManifestsView } from '@goalpost/contracts'
import type { Queries } from '../database/open-database.ts'

type Row = { readonly tasks: number; readonly manifest: unknown }

/**
 * Software and machines of the tasks that have succeeded, the most frequent first. They are grouped without times and
 * hosts: machines of one kind are equivalent for reproducing the numbers. One statement, for any number of tasks.
 */
export async function readManifests(queries: Queries, experimentId: string): Promise<ManifestsView> {
  const rows = await queries.$queryRaw<Row[]>`
    SELECT tasks, manifest FROM (
      SELECT DISTINCT ON (alike) manifest, (count(*) OVER (PARTITION BY alike))::int AS tasks
      FROM (
        SELECT t.id, t.manifest, t.manifest - '{wallMs,host}'::text[] AS alike
        FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
        WHERE l.experiment_id = ${experimentId}::uuid AND t.state = 'succeeded') done
      ORDER BY alike, id) groups
    ORDER BY tasks DESC, manifest`
  const read = rows.map(({ tasks, manifest }) => ({ tasks, parsed: manifestSchema.safeParse(manifest) }))
  return {
    manifests: read.flatMap(({ tasks, parsed: { data } }) => (data === undefined ? [] : [{ tasks, manifest: data }])),
    manifestsLeftOut: read.reduce((sum, { tasks, parsed }) => sum + (parsed.success ? 0 : tasks), 0),
  }
}
