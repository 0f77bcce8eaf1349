import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import './global-setup.ts'

/** A private, empty, migrated database. */
export type TestDatabase = {
  readonly url: string
  /** Drops it, connections or not. */
  close(): Promise<void>
}

export type TestDatabaseOptions = {
  /** Brings an empty database into the state that the test starts from; runs once for all test files. */
  prepare(url: string): Promise<unknown>
  /** Distinguishes the results of different `prepare` functions. */
  template?: string
}

/** Copies a database that was prepared once: some 50 ms instead of a start of the server and all migrations. */
export async function startTestDatabase({
  prepare,
  template = 'goalpost',
}: TestDatabaseOptions): Promise<TestDatabase> {
  const server = await serverUrl()
  const name = `test_${randomBytes(8).toString('hex')}`
  const source = `template_${createHash('sha256').update(template).digest('hex').slice(0, 16)}`
  await withClient(server, async (client) => {
    // PostgreSQL cannot copy a database with open connections, and only one file should prepare it.
    await client.query('SELECT pg_advisory_lock(1)')
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [source])
    if (rowCount === 0) await createTemplate(client, { server, source, prepare })
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${source}`)
  })
  return {
    url: databaseUrl(server, name),
    close: () => withClient(server, async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
  }
}

type Template = { readonly server: string; readonly source: string; readonly prepare: TestDatabaseOptions['prepare'] }

/** Renamed when complete, so that a failed preparation is not mistaken for a prepared database. */
async function createTemplate(client: pg.Client, { server, source, prepare }: Template): Promise<void> {
  const unfinished = `${source}_unfinished`
  await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`)
  await client.query(`CREATE DATABASE ${unfinished}`)
  await prepare(databaseUrl(server, unfinished))
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${source}`)
}

async function serverUrl(): Promise<string> {
  const broker: unknown = inject('databaseBroker')
  if (typeof broker !== 'string') throw new Error('vitest.config.ts must name the global setup of @goalpost/testing')
  const response = await fetch(broker)
  if (!response.ok) throw new Error(await response.text())
  return response.text()
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
