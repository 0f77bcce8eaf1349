import pg from 'pg'
import { keepSession, sessionOf } from './keep-session.ts'

export type SessionGuard = {
  /**
   * Refuses a connection behind a pooler that gives each transaction another session.
   * @throws GoalpostError `unavailable` with the remedy.
   */
  check(client: pg.ClientBase): Promise<void>
}

/** A pooler without a free session keeps the second connection waiting: nothing is known then, and the next connection is checked. */
const secondTimeoutMs = 2_000

/**
 * Connections to PostgreSQL itself cost no statement more than their process id. Behind a pooler, which tells its clients
 * another one, a second connection finds out, once for all until one ends with an error: the pooler may have been
 * started again in another mode.
 */
export function createSessionGuard(url: string): SessionGuard {
  let isKept = false
  const forget = () => (isKept = false)
  return {
    async check(client) {
      client.on('error', forget)
      if (isKept || (await isDirect(client))) return
      isKept = await isKeptBesideAnother(client, url)
    },
  }
}

async function isDirect(client: pg.ClientBase): Promise<boolean> {
  const { processID } = client as pg.ClientBase & { readonly processID?: number | null }
  return processID === (await sessionOf(client))
}

/** False if there was no second session to find out with. */
async function isKeptBesideAnother(client: pg.ClientBase, url: string): Promise<boolean> {
  const other = new pg.Client({
    connectionString: url,
    application_name: 'goalpost-session-check',
    connectionTimeoutMillis: secondTimeoutMs,
    query_timeout: secondTimeoutMs,
  })
  // The failing statement reports it.
  other.on('error', () => undefined)
  try {
    const isOpen = await other.connect().then(
      () => true,
      () => false,
    )
    return isOpen && (await keepSession(client, other))
  } finally {
    void other.end().catch(() => undefined)
  }
}
