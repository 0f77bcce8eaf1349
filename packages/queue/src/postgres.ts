import { DEFAULT_SCHEMA, runMigrations } from 'bullmq'
import pg from 'pg'
import type { QueueConnection } from './connection.ts'
import { GuardedClient } from './guarded-client.ts'

export type PostgresConnection = Extract<QueueConnection, { kind: 'postgres' }>

/** BullMQ's own schema, so that its tables never conflict with Goalpost's. A given pool can only use this one. */
export const queueSchema = DEFAULT_SCHEMA

/**
 * A pool whose schema is there, with `keep` connections that stay open when idle: so that frequent use needs no new
 * logins. Closes its connections on failure.
 */
export async function openMigratedPool(connection: PostgresConnection, keep = 0): Promise<pg.Pool> {
  const pool = createQueuePool(connection, keep)
  try {
    await migrateQueueSchema(pool)
  } catch (error) {
    void pool.end()
    throw error
  }
  return pool
}

/** Pools are small: one connection listens, one fetches and renews locks. Idle ones close after 10 s. */
function createQueuePool({ url, checkSession }: PostgresConnection, keep: number): pg.Pool {
  const settings = {
    connectionString: url,
    // After connecting, as poolers drop or refuse settings of the connection string.
    onConnect: async (client: pg.ClientBase) => {
      await client.query(`SET search_path TO ${queueSchema}`)
      await checkSession?.(client)
    },
    max: 3,
    min: keep,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    keepAlive: true,
    // The system's own default is two hours.
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'goalpost-queue',
    Client: GuardedClient,
  }
  const pool = new pg.Pool(settings)
  pool.on('error', () => undefined)
  return pool
}

/** Under an advisory lock, and a no-op if the schema is up to date: the first process creates it. */
async function migrateQueueSchema(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await runMigrations(client, queueSchema)
  } finally {
    client.release()
  }
}
