import pg from 'pg'

/**
 * For migrations, backups and restores, whose statements may take hours: only a connection whose other end is gone is
 * given up, half a minute later.
 */
export function createPatientClient(url: string): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  // The failing statement reports it.
  client.on('error', () => undefined)
  return client
}
