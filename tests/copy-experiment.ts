import { homedir } from 'node:os'
import { stateRoot } from '@goalpost/contracts'
import pg from 'pg'
import { findRunningDatabase } from '../apps/embedded/src/backup/running-database.ts'
import { describeDataFolder } from '../apps/embedded/src/data-folder.ts'

export type Copying = { readonly dataFolder: string; readonly experimentId: string; readonly copies: number }

/**
 * Writes copies of a finished experiment into the database of a running service, as if it had been submitted again and
 * again in the minutes before: each with runs and verdicts of its own, and all with the same tasks, as nothing is
 * computed twice. They are called `small 1`, `small 2`, …
 */
export async function copyExperiment({ dataFolder, experimentId, copies }: Copying): Promise<void> {
  const uid = process.getuid?.()
  const home = homedir()
  const place = { uid, stateRoot: stateRoot({ root: uid === 0, home, xdgDataHome: process.env['XDG_DATA_HOME'] }) }
  const database = new pg.Client(await findRunningDatabase(describeDataFolder(dataFolder), place))
  await database.connect()
  try {
    await database.query('BEGIN')
    for (const table of tables) await database.query(await statementOf(database, table), [experimentId, copies])
    await database.query('COMMIT')
    await database.query('ANALYZE')
  } finally {
    await database.end()
  }
}

/** A UUID of version 7 for each copy of a row, in the order of the copies: only its time differs. */
const copyId = (id: string) => `(lpad(to_hex(number), 8, '0') || substr(${id}::text, 9))::uuid`
const numbers = 'generate_series(1, $2::int) AS number'
type Copied = { readonly table: string; readonly changes: string; readonly where: string }

/** Generated columns are left out: the database computes them. */
async function statementOf(database: pg.Client, { table, changes, where }: Copied): Promise<string> {
  const { rows } = await database.query<{ names: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  )
  const names = rows[0]?.names ?? ''
  return `INSERT INTO ${table} (${names}) SELECT ${names} FROM (
    SELECT copy.* FROM ${table} original CROSS JOIN ${numbers}
    CROSS JOIN LATERAL jsonb_populate_record(null::${table}, to_jsonb(original) || jsonb_build_object(${changes})) copy
    WHERE ${where}) copies`
}

const tables: readonly Copied[] = [
  {
    table: 'experiments',
    changes: `'id', ${copyId('original.id')}, 'name', 'small ' || number, 'external_id', null,
      'created_at', original.created_at - ($2 - number + 1) * interval '1 minute'`,
    where: 'original.id = $1::uuid',
  },
  {
    table: 'runs',
    changes: `'id', ${copyId('original.id')}, 'experiment_id', ${copyId('original.experiment_id')}`,
    where: 'original.experiment_id = $1::uuid',
  },
  {
    table: 'experiment_tasks',
    changes: `'experiment_id', ${copyId('original.experiment_id')}, 'reused', true`,
    where: 'original.experiment_id = $1::uuid',
  },
  {
    table: 'run_tasks',
    changes: `'run_id', ${copyId('original.run_id')}`,
    where: 'original.run_id IN (SELECT id FROM runs WHERE experiment_id = $1::uuid)',
  },
  {
    table: 'verdicts',
    changes: `'experiment_id', ${copyId('original.experiment_id')}`,
    where: 'original.experiment_id = $1::uuid',
  },
]
