import type { DoctorCheck } from '@goalpost/contracts'
import type pg from 'pg'

export type ServerFacts = {
  /** E.g. 180004. */
  readonly version: number
  readonly versionName: string
  /** Those that ordinary roles may have at a time. */
  readonly connections: number
  readonly isDurable: boolean
  readonly isReplica: boolean
}

const leastVersion = 130_000
/** One API with its threads and one worker with two slots. */
const comfortableConnections = 40

/** What the server's settings allow. A check for each that was found wanting; one if all are well. */
export function judgeServer(facts: ServerFacts): DoctorCheck[] {
  const name = 'PostgreSQL settings'
  const wanting: DoctorCheck[] = []
  if (facts.version < leastVersion)
    wanting.push({
      name,
      status: 'failed',
      detail: `PostgreSQL ${facts.versionName} is older than 13`,
      remedy: 'Upgrade the server',
    })
  if (facts.isReplica)
    wanting.push({
      name,
      status: 'failed',
      detail: 'The server is a replica and accepts no writes',
      remedy: 'Name the primary server in DATABASE_URL',
    })
  if (!facts.isDurable)
    wanting.push({
      name,
      status: 'warning',
      detail: 'fsync is off: a power cut can destroy the database',
      remedy: 'Set fsync = on',
    })
  if (facts.connections < comfortableConnections)
    wanting.push({
      name,
      status: 'warning',
      detail: `max_connections leaves ${facts.connections} connections; an API and a worker may need ${comfortableConnections}`,
      remedy: 'Raise max_connections, and count 15 more for each further worker',
    })
  if (wanting.length > 0) return wanting
  return [{ name, status: 'ok', detail: `PostgreSQL ${facts.versionName}, ${facts.connections} connections` }]
}

type Lacking = { readonly table: string; readonly right: string }

/** Null if the role may use every table of ours; a restored or shared database may belong to another role. */
export async function missingRights(client: Pick<pg.Client, 'query'>): Promise<string | null> {
  const { rows } = await client.query<Lacking>(`
    SELECT c.relname AS table, r.right FROM pg_class c
    CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS r("right")
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT has_table_privilege(c.oid, r.right)
    ORDER BY 1, 2 LIMIT 1`)
  const [lacking] = rows
  if (lacking === undefined) return null
  return `The role may not ${lacking.right} in the table ${lacking.table}. Make it the owner: REASSIGN OWNED BY owner TO role`
}
