import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GoalpostError } from '@goalpost/contracts'
import type pg from 'pg'
import { prepareConfinedRole } from './confined-role.ts'
import { toGoalpostError } from './errors.ts'
import { createSessionGuard } from './session-guard.ts'
import { retryLocks } from './retry-locks.ts'
import { createPatientClient } from './patient-client.ts'
import { prepareSession } from './session.ts'

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

const repositoryMigrations = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url))

/** Any number that nothing else in this database locks: the ASCII codes of `goal`. */
const migrationLock = 0x67_6f_61_6c

/** The same as Prisma's, so that its tools find the applied migrations. */
const bookkeeping = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" varchar(36) PRIMARY KEY NOT NULL,
  "checksum" varchar(64) NOT NULL,
  "finished_at" timestamptz,
  "migration_name" varchar(255) NOT NULL,
  "logs" text,
  "rolled_back_at" timestamptz,
  "started_at" timestamptz NOT NULL DEFAULT now(),
  "applied_steps_count" integer NOT NULL DEFAULT 0
)`

/**
 * Brings the database up to date and returns the names of the migrations that it applied. Any number of processes may
 * start at once: one works, the others wait for it. Each migration is applied completely or not at all.
 *
 * Processes may be using the tables: a migration that does not get a lock soon is undone and tried again.
 *
 * Errors: `unavailable` if the database cannot be reached or others keep locks for minutes, `state-conflict` if an applied migration was changed.
 */
export async function migrate(url: string, folder: string = repositoryMigrations): Promise<readonly string[]> {
  return applyTo(url, await readMigrations(folder))
}

/**
 * Brings a new database to where another one was, of this version or an older one.
 *
 * Errors: as of `migrate`; `state-conflict` for a migration that this version does not have.
 */
export async function migrateTo(url: string, names: readonly string[]): Promise<void> {
  const migrations = await readMigrations(repositoryMigrations)
  const unknown = names.find((name) => migrations.every((migration) => migration.name !== name))
  if (unknown !== undefined)
    throw new GoalpostError(
      'state-conflict',
      `The backup was made by a newer version of Goalpost, which has the migration ${unknown}. Restore it with that version`,
    )
  await applyTo(
    url,
    migrations.filter(({ name }) => names.includes(name)),
  )
}

async function applyTo(url: string, migrations: readonly Migration[]): Promise<readonly string[]> {
  const client = createPatientClient(url)
  try {
    await client.connect()
    await prepareSession(client)
    await createSessionGuard(url).check(client)
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const applied = await applyPending(client, migrations)
    await prepareConfinedRole(client)
    return applied
  } catch (error) {
    throw toGoalpostError(error)
  } finally {
    // Closing the session releases the lock.
    await client.end().catch(() => undefined)
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.toSorted().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(bookkeeping)
  const applied = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const checksums = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]))
  const names: string[] = []
  for (const migration of migrations) {
    const checksum = checksums.get(migration.name)
    if (checksum === undefined) {
      await retryLocks((timeoutMs) => apply(client, migration, timeoutMs))
      names.push(migration.name)
    } else if (checksum !== migration.checksum) {
      throw new GoalpostError('state-conflict', `The migration ${migration.name} was changed after it was applied`)
    }
  }
  return names
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration, lockTimeoutMs: number): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query("SELECT set_config('lock_timeout', $1, true)", [`${lockTimeoutMs}ms`])
    await client.query(sql)
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
