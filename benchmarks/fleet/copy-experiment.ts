import type pg from 'pg'

/**
 * Copies the only experiment with its runs, tasks and links, as if each copy had been submitted: every fiftieth failed, the others
 * succeeded, a tenth has a verdict and a label. Each was changed a minute before the one that follows.
 */
export async function copyExperiment(client: pg.Client, copies: number) {
  const { rows: columns } = await client.query<{ names: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = 'experiments' AND is_generated = 'NEVER'`,
  )
  for (const statement of statementsFor(columns[0]?.names ?? ''))
    await client.query(statement, statement.includes('$1') ? [copies] : [])
  const count = async (table: string) => {
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`)
    return rows[0]?.count ?? 0
  }
  return { experiments: await count('experiments'), runs: await count('runs'), tasks: await count('tasks') }
}

/** A UUID for each copy of a row, in the order of the copies, as those of version 7 are. */
const copyId = (id: string, number: string) => {
  const hash = `md5(${id}::text || ${number}::text)`
  return `(lpad(to_hex(${number}), 8, '0') || substr(${hash}, 9, 4) || '7' || substr(${hash}, 14, 3) || '8' || substr(${hash}, 18))::uuid`
}

/** @param columns those of an experiment that the database does not compute */
const statementsFor = (columns: string) => [
  `CREATE TEMPORARY TABLE copies AS SELECT number FROM generate_series(1, $1::int) AS number`,
  `CREATE TEMPORARY TABLE original AS SELECT * FROM experiments`,
  `INSERT INTO tasks SELECT r.* FROM tasks t CROSS JOIN copies c CROSS JOIN LATERAL jsonb_populate_record(null::tasks,
     to_jsonb(t) || jsonb_build_object('id', ${copyId('t.id', 'c.number')},
       'identity', encode(sha256((t.identity || c.number)::bytea), 'hex'), 'state', 'succeeded', 'result', '{"measures":[],"artifacts":[]}'::jsonb,
       'result_hash', repeat('a', 64), 'manifest', '{}'::jsonb)) r
   WHERE t.id IN (SELECT task_id FROM experiment_tasks)`,
  `INSERT INTO experiments (${columns}) SELECT ${columns} FROM (SELECT r.* FROM original e CROSS JOIN copies c CROSS JOIN LATERAL jsonb_populate_record(null::experiments,
     to_jsonb(e) || jsonb_build_object('id', ${copyId('e.id', 'c.number')}, 'name', 'copy-' || c.number,
       'state', CASE WHEN c.number % 50 = 0 THEN 'failed' ELSE 'succeeded' END, 'external_id', null,
       'labels', CASE WHEN c.number % 10 = 0 THEN '{"team":"blue"}'::jsonb ELSE '{}'::jsonb END,
       'tasks_ready', 0, 'tasks_blocked', 0, 'tasks_failed', c.number % 4, 'tasks_succeeded', e.tasks_ready + e.tasks_blocked - c.number % 4,
       'updated_at', now() - (100000 - c.number) * interval '1 minute',
       'analysis_task_id', ${copyId('e.analysis_task_id', 'c.number')})) r) copied`,
  `INSERT INTO experiment_tasks (experiment_id, task_id, position, key, reused)
   SELECT ${copyId('l.experiment_id', 'c.number')}, ${copyId('l.task_id', 'c.number')}, l.position, l.key, l.reused
   FROM experiment_tasks l CROSS JOIN copies c`,
  `CREATE TEMPORARY TABLE links AS SELECT l.* FROM run_tasks l`,
  `INSERT INTO runs SELECT r.* FROM runs u CROSS JOIN copies c CROSS JOIN LATERAL jsonb_populate_record(null::runs,
     to_jsonb(u) || jsonb_build_object('id', ${copyId('u.id', 'c.number')}, 'experiment_id', ${copyId('u.experiment_id', 'c.number')})) r`,
  `INSERT INTO run_tasks (run_id, key, task_id, position)
   SELECT ${copyId('l.run_id', 'c.number')}, l.key, ${copyId('l.task_id', 'c.number')}, l.position FROM links l CROSS JOIN copies c`,
  `INSERT INTO verdicts (experiment_id, position, workspace_id, condition, title, name, tone, sentence, numbers, provisional, agreeing, total, updated_at)
   SELECT id, 0, workspace_id, 'default', 'default', 'aligned', 'good', 'It is', '[]', false, 1, 1, now()
   FROM experiments WHERE name LIKE 'copy-%0'`,
  `ANALYZE`,
]
