import { unconfined } from './confinement.ts'
import type { Database } from './open-database.ts'

export type Health = {
  /**
   * Rejects with `unavailable` unless PostgreSQL answers, with `storage-full` while a doubted disk accepts no writes.
   */
  ping(): Promise<void>
  /** A full disk still answers reads: from now on pings test a write, until one succeeds. */
  doubt(): void
}

export function createHealth(database: Database): Health {
  let doubted = false
  return {
    doubt: () => void (doubted = true),
    async ping() {
      if (!doubted) return database.ping()
      await writeForNothing(unconfined(database))
      doubted = false
    },
  }
}

/** The server makes a file for a temporary table and fills 64 kB of it; the end of the transaction removes it. */
function writeForNothing(database: Database): Promise<void> {
  return database.transaction(async (queries) => {
    await queries.$executeRaw`CREATE TEMPORARY TABLE goalpost_write_probe (content text) ON COMMIT DROP`
    await queries.$executeRaw`ALTER TABLE goalpost_write_probe ALTER COLUMN content SET STORAGE PLAIN`
    await queries.$executeRaw`INSERT INTO goalpost_write_probe SELECT repeat('x', 8000) FROM generate_series(1, 8)`
  })
}
