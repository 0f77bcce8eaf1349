import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestDatabase } from '@goalpost/testing'
import pg from 'pg'
import { migrate } from '../src/database/migrate.ts'

const migrations = join(import.meta.dirname, '../../../prisma/migrations')

/** A database as it was before the migration `added`, with one workspace. */
export async function startOldDatabase(added: string, workspace: string) {
  const database = await startTestDatabase({ template: 'empty', prepare: async () => undefined })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-backfill-'))
  for (const name of await readdir(migrations))
    if (name < added) await cp(join(migrations, name), join(folder, name), { recursive: true })
  await migrate(database.url, folder)
  await client.query(`INSERT INTO workspaces VALUES ($1, 'w', now())`, [workspace])
  return {
    url: database.url,
    client,
    /** Applies `added` and all later migrations; returns their names. */
    update: () => migrate(database.url, migrations),
    async close(): Promise<void> {
      await client.end()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}
export type OldDatabase = Awaited<ReturnType<typeof startOldDatabase>>
