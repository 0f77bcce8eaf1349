import type { Manifest } from '@goalpost/contracts'
import type { ReceiptFacts, ReceiptViews } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { readVersion } from './version.ts'

export function createReceiptViews(database: Database): ReceiptViews {
  return {
    receiptFacts: (workspaceId, id) =>
      database.snapshot(async (queries) => {
        if ((await readVersion(queries, { workspaceId, id })) === null) return null
        return {
          shared: await readShared(queries, id),
          files: await readFiles(queries, id),
          software: await readSoftware(queries, id),
        }
      }),
  }
}

/** The tasks of no run or of several, as in the experiment's view. */
function readShared(queries: Queries, experimentId: string): Promise<ReceiptFacts['shared']> {
  return queries.$queryRaw<ReceiptFacts['shared']>`
    SELECT l.key, t.result_hash AS "resultHash" FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
    WHERE l.experiment_id = ${experimentId}::uuid AND t.result_hash IS NOT NULL
      AND 1 <> (
        SELECT count(*) FROM run_tasks r JOIN runs u ON u.id = r.run_id
        WHERE r.task_id = l.task_id AND u.experiment_id = l.experiment_id)
    ORDER BY l.position, t.id`
}

type FileRow = Omit<ReceiptFacts['files'][number], 'step'> & { readonly step: bigint | null }

async function readFiles(queries: Queries, experimentId: string): Promise<ReceiptFacts['files']> {
  const rows = await queries.$queryRaw<FileRow[]>`
    SELECT DISTINCT t.id AS task, t.key, c.step, p.name, p.hash
    FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
    JOIN LATERAL (SELECT step, parts FROM checkpoints WHERE task_id = t.id ORDER BY step DESC LIMIT 1) c ON true
    CROSS JOIN LATERAL jsonb_to_recordset(c.parts) AS p(name text, hash text)
    WHERE l.experiment_id = ${experimentId}::uuid
    UNION ALL
    SELECT t.id, t.key, NULL, coalesce(a.name, f.hash), f.hash
    FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
    JOIN task_files f ON f.task_id = t.id AND f.kind = 'input'
    LEFT JOIN artifacts a ON a.workspace_id = f.workspace_id AND a.hash = f.hash
    WHERE l.experiment_id = ${experimentId}::uuid
    ORDER BY key, task, name`
  return rows.map((row) => ({ ...row, step: row.step === null ? null : Number(row.step) }))
}

/** Not the host and the processor: what matters of these is in the identity of a task. */
async function readSoftware(queries: Queries, experimentId: string): Promise<ReceiptFacts['software']> {
  const rows = await queries.$queryRaw<{ software: Pick<Manifest, 'codeRevision' | 'packages' | 'engine' | 'node'> }[]>`
    SELECT DISTINCT jsonb_build_object('codeRevision', t.manifest -> 'codeRevision', 'packages', t.manifest -> 'packages',
      'engine', t.manifest -> 'engine', 'node', t.manifest -> 'node') AS software
    FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
    WHERE l.experiment_id = ${experimentId}::uuid AND t.manifest IS NOT NULL ORDER BY software`
  return rows.map(({ software: { codeRevision, packages, engine, node } }) => ({
    codeRevision,
    packages,
    engine: engine && { name: engine.name, build: engine.build, threads: engine.threads, device: engine.device },
    node,
  }))
}
