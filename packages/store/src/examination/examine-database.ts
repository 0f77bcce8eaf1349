import { GoalpostError, type DoctorCheck } from '@goalpost/contracts'
import pg from 'pg'
import { examineConfinement } from '../database/confined-role.ts'
import { toGoalpostError } from '../database/errors.ts'
import { prepareSession } from '../database/session.ts'
import { keepSession } from '../database/keep-session.ts'
import { judgeServer, missingRights, type ServerFacts } from './judge-server.ts'

const notifyTimeoutMs = 5_000

/** Uses the database as the service does: sessions, rights, writes, notifications. Leaves nothing behind. */
export async function examineDatabase(url: string): Promise<DoctorCheck[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 15_000 })
  const other = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 15_000 })
  // The failing statement reports it.
  for (const each of [client, other]) each.on('error', () => undefined)
  try {
    const reached = await check('PostgreSQL server', async () => {
      await connect(client)
      await connect(other)
      return 'DATABASE_URL is reachable, and accepts our session settings'
    })
    if (reached.status === 'failed') return [reached]
    return [
      reached,
      ...judgeServer(await readFacts(client)),
      await check('PostgreSQL sessions', () => examineSessions(client, other)),
      await check('PostgreSQL rights', () => writeForNothing(client)),
      await check('PostgreSQL notifications', () => notify(client, other)),
      await examineWalls(client),
    ]
  } finally {
    await Promise.all([client.end(), other.end()]).catch(() => undefined)
  }
}

async function connect(client: pg.Client): Promise<void> {
  await client.connect()
  await prepareSession(client)
}

async function examineSessions(client: pg.Client, other: pg.Client): Promise<string> {
  if (await keepSession(client, other)) return 'A connection keeps its session'
  throw new GoalpostError('unavailable', 'A second connection gets no session: raise default_pool_size of the pooler')
}

/** Without the second role workspaces are still kept apart, by one wall instead of two. */
async function examineWalls(client: pg.Client): Promise<DoctorCheck> {
  const name = 'PostgreSQL second role'
  const fault = await examineConfinement(client)
  if (fault === null) return { name, status: 'ok', detail: 'The API can take a role that sees one workspace only' }
  if (fault === 'will work')
    return { name, status: 'ok', detail: 'The first start of the API can make a role that sees one workspace only' }
  const detail = `Workspaces have no second wall in the database, as ${fault.missing}`
  return { name, status: 'warning', detail, remedy: fault.remedy }
}

/** Our errors and those of known causes name their remedy in the text. */
async function check(name: string, work: () => Promise<string>): Promise<DoctorCheck> {
  try {
    return { name, status: 'ok', detail: await work() }
  } catch (error) {
    const { message } = toGoalpostError(error)
    return { name, status: 'failed', detail: message, remedy: 'docs/operations.md lists what Goalpost needs' }
  }
}

async function readFacts(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<ServerFacts>(`
    SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS "versionName",
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS connections,
      current_setting('fsync') = 'on' AS "isDurable", pg_is_in_recovery() AS "isReplica"`)
  const [facts] = rows
  if (facts === undefined) throw new GoalpostError('unavailable', 'The database did not report its settings')
  return facts
}

async function writeForNothing(client: pg.Client): Promise<string> {
  const missing = await missingRights(client)
  if (missing !== null) throw new GoalpostError('unavailable', missing)
  await client.query('BEGIN')
  try {
    await client.query('CREATE SCHEMA goalpost_doctor_probe')
    await client.query('CREATE TABLE public.goalpost_doctor_probe (at timestamptz, id uuid DEFAULT gen_random_uuid())')
    await client.query(`INSERT INTO public.goalpost_doctor_probe VALUES ('2026-11-29 12:00:00Z')`)
    const { rows } = await client.query<{ at: string }>('SELECT at::text AS at FROM public.goalpost_doctor_probe')
    if (rows[0]?.at !== '2026-11-29 12:00:00+00')
      throw new GoalpostError('unavailable', `A time that was written reads as ${rows[0]?.at}`)
  } finally {
    await client.query('ROLLBACK')
  }
  return 'The role may create schemas and tables; a row was written and read'
}

async function notify(client: pg.Client, other: pg.Client): Promise<string> {
  const startedAt = performance.now()
  const arrived = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), notifyTimeoutMs)
    client.once('notification', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })
  await client.query('LISTEN goalpost_doctor_probe')
  await other.query('NOTIFY goalpost_doctor_probe')
  if (await arrived) return `A notification arrived within ${Math.round(performance.now() - startedAt)} ms`
  throw new GoalpostError(
    'unavailable',
    'A notification did not arrive: idle workers would find new work only by polling. Connect to PostgreSQL directly, or set the pooler to pool_mode = session',
  )
}
