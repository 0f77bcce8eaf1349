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
    for (const statement of statements) await database.query(statement, [experimentId, copies])
    await database.query('COMMIT')
    await database.query('ANALYZE')
  } finally {
    await database.end()
  }
}

/** A UUID of version 7 for each copy of a row, in the order of the copies: only its time differs. */
const copyId = (id: string) => `(lpad(to_hex(number), 8, '0') || substr(${id}::text, 9))::uuid`
const numbers = 'generate_series(1, $2::int) AS number'
const copied = (table: string, changes: string) =>
  `INSERT INTO ${table} SELECT copy.* FROM ${table} original CROSS JOIN ${numbers}
   CROSS JOIN LATERAL jsonb_populate_record(null::${table}, to_jsonb(original) || jsonb_build_object(${changes})) copy`

const statements = [
  `${copied(
    'experiments',
    `'id', ${copyId('original.id')}, 'name', 'small ' || number, 'external_id', null,
     'created_at', original.created_at - ($2 - number + 1) * interval '1 minute'`,
  )} WHERE original.id = $1::uuid`,
  `${copied('runs', `'id', ${copyId('original.id')}, 'experiment_id', ${copyId('original.experiment_id')}`)}
   WHERE original.experiment_id = $1::uuid`,
  `${copied('experiment_tasks', `'experiment_id', ${copyId('original.experiment_id')}, 'reused', true`)}
   WHERE original.experiment_id = $1::uuid`,
  `${copied('run_tasks', `'run_id', ${copyId('original.run_id')}`)}
   WHERE original.run_id IN (SELECT id FROM runs WHERE experiment_id = $1::uuid)`,
  `${copied('verdicts', `'experiment_id', ${copyId('original.experiment_id')}`)} WHERE original.experiment_id = $1::uuid`,
]
