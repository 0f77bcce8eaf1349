import { createHash } from 'node:crypto'
import type { ArtifactRef, TaskResult } from '@goalpost/contracts'
import { deriveExperimentState, resultHash, type TaskCounts } from '@goalpost/experiments'
import pg from 'pg'

/** What must hold whenever no transaction is open. Each query finds the rows for which it does not. */
const always: Readonly<Record<string, string>> = {
  'a run has tasks': `SELECT id FROM runs r WHERE NOT EXISTS (SELECT FROM run_tasks WHERE run_id = r.id)`,
  'counts are those of the tasks': `
    SELECT e.id FROM experiments e LEFT JOIN LATERAL (
      SELECT jsonb_object_agg(state, n) AS n FROM (
        SELECT t.state, count(*) AS n FROM experiment_tasks l JOIN tasks t ON t.id = l.task_id
        WHERE l.experiment_id = e.id GROUP BY t.state) s) c ON true
    WHERE (coalesce((n->>'blocked')::int, 0), coalesce((n->>'ready')::int, 0), coalesce((n->>'queued')::int, 0),
        coalesce((n->>'running')::int, 0), coalesce((n->>'succeeded')::int, 0), coalesce((n->>'failed')::int, 0),
        coalesce((n->>'cancelled')::int, 0))
      IS DISTINCT FROM (e.tasks_blocked, e.tasks_ready, e.tasks_queued, e.tasks_running, e.tasks_succeeded,
        e.tasks_failed, e.tasks_cancelled)`,
  'events have no gap': `
    SELECT e.id FROM experiments e WHERE e.sequence <> (SELECT count(*) FROM events v WHERE v.experiment_id = e.id)
      OR e.sequence <> (SELECT coalesce(max(v.sequence), 0) FROM events v WHERE v.experiment_id = e.id)`,
  'the latest event of a task names its state': `
    SELECT t.id FROM tasks t JOIN LATERAL (
      SELECT data->>'state' AS state FROM events v WHERE v.task_id = t.id AND v.type = 'task.state'
      ORDER BY v.experiment_id, v.sequence DESC LIMIT 1) last ON true WHERE last.state <> t.state`,
  'a running task has a lease and one open attempt, others have neither': `
    SELECT t.id FROM tasks t WHERE (t.state = 'running') IS DISTINCT FROM (t.lease_until IS NOT NULL)
      OR (t.state = 'running') IS DISTINCT FROM (t.worker IS NOT NULL)
      OR (SELECT count(*) FROM attempts a WHERE a.task_id = t.id AND a.outcome = 'running')
        <> CASE WHEN t.state = 'running' THEN 1 ELSE 0 END`,
  'every claim is an attempt': `
    SELECT t.id FROM tasks t WHERE t.epoch <> (SELECT count(*) FROM attempts a WHERE a.task_id = t.id)
      OR t.epoch <> (SELECT coalesce(max(a.epoch), 0) FROM attempts a WHERE a.task_id = t.id)`,
  'a succeeded task has one result, others have none': `
    SELECT t.id FROM tasks t WHERE (t.state = 'succeeded') IS DISTINCT FROM (t.result IS NOT NULL)
      OR (t.state = 'succeeded') IS DISTINCT FROM (t.result_hash IS NOT NULL)
      OR (t.state = 'succeeded' AND (SELECT outcome FROM attempts a WHERE a.task_id = t.id AND a.epoch = t.epoch)
        IS DISTINCT FROM 'succeeded')
      OR (SELECT count(*) FROM measures m WHERE m.task_id = t.id)
        <> coalesce(jsonb_array_length(t.result->'measures'), 0)`,
  'a task that can start has all it needs, one that cannot lacks something': `
    SELECT t.id FROM tasks t WHERE t.state IN ('blocked', 'ready', 'queued', 'running')
      AND (t.state = 'blocked') IS DISTINCT FROM
        EXISTS (SELECT FROM task_dependencies d WHERE d.task_id = t.id AND NOT d.satisfied)`,
  'a need is met by what there is': `
    SELECT d.task_id AS id FROM task_dependencies d JOIN tasks n ON n.id = d.needs_task_id
    WHERE d.satisfied IS DISTINCT FROM CASE d.readiness
      WHEN 'succeeded' THEN n.state = 'succeeded' WHEN 'settled' THEN n.state IN ('succeeded', 'failed', 'cancelled')
      ELSE EXISTS (SELECT FROM checkpoints c WHERE c.task_id = n.id AND c.step = d.step) END`,
  'a file that a task refers to is registered': `
    SELECT f.id FROM (
      SELECT t.id, a->>'hash' AS hash FROM tasks t, jsonb_array_elements(t.result->'artifacts') a
      UNION SELECT c.task_id, p->>'hash' FROM checkpoints c, jsonb_array_elements(c.parts) p) f
    WHERE NOT EXISTS (SELECT FROM task_files r WHERE r.task_id = f.id AND r.hash = f.hash)`,
}

/** What must hold when all work is done. */
const atRest: Readonly<Record<string, string>> = {
  'no task is left open': `SELECT id FROM tasks WHERE state IN ('blocked', 'ready', 'queued', 'running')`,
}

export type Invariants = {
  /** Broken ones, with the rows that break them; empty if all hold. */
  check(when: 'always' | 'at rest'): Promise<string[]>
  close(): Promise<void>
}

/** @param read bytes of a stored file; rejects if there is none. */
export async function openInvariants(url: string, read: (hash: string) => Promise<Uint8Array>): Promise<Invariants> {
  const client = new pg.Client(url)
  await client.connect()
  return {
    async check(when) {
      const broken = []
      for (const [name, sql] of Object.entries(when === 'always' ? always : { ...always, ...atRest })) {
        const { rows } = await client.query<{ id: string }>(sql)
        if (rows.length > 0) broken.push(`not so: ${name}: ${rows.map(({ id }) => id).join(', ')}`)
      }
      return [
        ...broken,
        ...(await wrongStates(client)),
        ...(await wrongHashes(client)),
        ...(await lostFiles(client, read)),
      ]
    },
    close: () => client.end(),
  }
}

async function wrongStates(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<TaskCounts & { id: string; state: string; over: boolean; searching: boolean }>(`
    SELECT id, state, cancelled_at IS NOT NULL AS over, searching, tasks_blocked AS blocked, tasks_ready AS ready,
      tasks_queued AS queued, tasks_running AS running, tasks_succeeded AS succeeded, tasks_failed AS failed,
      tasks_cancelled AS cancelled FROM experiments`)
  return rows
    .filter(
      ({ state, over, searching, ...counts }) =>
        state !== deriveExperimentState(counts, { cancelled: over, searching }),
    )
    .map(({ id, state }) => `experiment ${id} is ${state}, which its tasks contradict`)
}

async function wrongHashes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string; result: TaskResult; hash: string }>(
    'SELECT id, result, result_hash AS hash FROM tasks WHERE result IS NOT NULL',
  )
  return rows
    .filter(({ result, hash }) => resultHash(result) !== hash)
    .map(({ id }) => `the result of task ${id} has another hash`)
}

async function lostFiles(client: pg.Client, read: (hash: string) => Promise<Uint8Array>): Promise<string[]> {
  const { rows } = await client.query<{ files: ArtifactRef[] }>(`
    SELECT result->'artifacts' AS files FROM tasks WHERE result IS NOT NULL UNION ALL SELECT parts FROM checkpoints`)
  const lost = []
  for (const hash of new Set(rows.flatMap(({ files }) => files.map((file) => file.hash)))) {
    const bytes = await read(hash).catch(() => null)
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== hash)
      lost.push(`file ${hash} is missing or damaged`)
  }
  return lost
}
