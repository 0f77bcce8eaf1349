import pg from 'pg'
import { confinedRole } from './confinement.ts'
import { toGoalpostError } from './errors.ts'

type Session = Pick<pg.ClientBase, 'query'>

/** Why sessions cannot be confined, and what an administrator of the server has to do. */
export type ConfinementFault = { readonly missing: string; readonly remedy: string }

type Role = { readonly name: string; readonly user: string; readonly exists: boolean; readonly unbound: boolean }

/**
 * The relations of Goalpost in `public`, by their owner: others may have theirs there too. Confined sessions need all but the
 * list of migrations.
 */
const ownRelations = `
  FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S') AND relname <> '_prisma_migrations'
    AND relowner IN (current_user::regrole, (SELECT relowner FROM pg_class WHERE oid = to_regclass('public.workspaces')))
    AND NOT CASE relkind WHEN 'S' THEN has_sequence_privilege($1, oid, 'USAGE') ELSE
      has_table_privilege($1, oid, 'SELECT') AND has_table_privilege($1, oid, 'INSERT')
      AND has_table_privilege($1, oid, 'UPDATE') AND has_table_privilege($1, oid, 'DELETE') END`

/**
 * Makes the role that confined sessions take and grants it what the API needs, as far as this user may. What failed,
 * `findConfinementFault` tells.
 */
export async function prepareConfinedRole(client: Session): Promise<void> {
  await client.query('BEGIN')
  try {
    if ((await findFault(client)) !== null) await makeRole(client)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** Null if confined stores of this database work: a session was really confined. */
export async function findConfinementFault(url: string): Promise<ConfinementFault | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 15_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await inVain(client, () => findFault(client))
  } catch (error) {
    throw toGoalpostError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** As `findConfinementFault`, also before the first start and with the remedy of a restart. Leaves nothing behind. */
export function examineConfinement(client: Session): Promise<ConfinementFault | 'will work' | null> {
  return inVain(client, async () => {
    const fault = await findFault(client)
    if (fault === null) return null
    await makeRole(client)
    if ((await findFault(client)) !== null) return fault
    return (await isEmpty(client)) ? 'will work' : { ...fault, remedy: 'Restart the API' }
  })
}

async function inVain<T>(client: Session, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    return await work()
  } finally {
    await client.query('ROLLBACK').catch(() => undefined)
  }
}

/** In a transaction. Memberships and rights can be looked up, but only trying shows whether they are enough. */
async function findFault(client: Session): Promise<ConfinementFault | null> {
  const role = await readRole(client)
  const fault = (missing: string) => ({ missing, remedy: remedyFor(role) })
  if (!role.exists) return fault(`the role ${role.name} does not exist`)
  if (role.unbound) return fault(`the role ${role.name} sees all rows, as it is a superuser or has BYPASSRLS`)
  const refused = await tryOut(client, async () => {
    await client.query("SELECT set_config('role', $1, true)", [role.name])
    if (!(await isEmpty(client))) await client.query('SELECT FROM public.workspaces LIMIT 0')
  })
  if (refused !== null) return fault(refused)
  const { rows } = await client.query<{ name: string }>(`SELECT relname AS name ${ownRelations} LIMIT 1`, [role.name])
  return rows[0] === undefined ? null : fault(`the role ${role.name} may not use ${rows[0].name}`)
}

async function readRole(client: Session): Promise<Role> {
  const { rows } = await client.query<Role>(`
    SELECT c.name, quote_ident(current_user) AS user, r.oid IS NOT NULL AS exists,
      coalesce(r.rolsuper OR r.rolbypassrls, false) AS unbound
    FROM (SELECT ${confinedRole} AS name) c LEFT JOIN pg_roles r ON r.rolname = c.name`)
  const [role] = rows
  if (role === undefined) throw new Error('PostgreSQL returned no row')
  return role
}

function remedyFor({ name, user, exists, unbound }: Role): string {
  const create = exists ? '' : `CREATE ROLE ${name} NOLOGIN; `
  const bind = unbound ? `ALTER ROLE ${name} NOSUPERUSER NOBYPASSRLS; ` : ''
  return `As an administrator, run ${create}${bind}GRANT ${name} TO ${user}; GRANT USAGE ON SCHEMA public TO ${name}; then restart the API`
}

async function isEmpty(client: Session): Promise<boolean> {
  const { rows } = await client.query("SELECT WHERE to_regclass('public.workspaces') IS NULL")
  return rows.length > 0
}

/** Each step on its own: what an administrator did already may be refused, and the rest still be needed. */
async function makeRole(client: Session): Promise<void> {
  const { name, user, exists } = await readRole(client)
  // Roles belong to the whole server: somebody else may make it at the same moment.
  if (!exists) await attempt(client, `CREATE ROLE ${name} NOLOGIN`)
  await attempt(client, `GRANT ${name} TO ${user}`)
  await attempt(client, `GRANT USAGE ON SCHEMA public TO ${name}`)
  await tryOut(client, () => grantRelations(client, name), 'RELEASE')
}

/** Only what is missing: it locks rows of the catalogue. */
async function grantRelations(client: Session, role: string): Promise<void> {
  const { rows } = await client.query<{ sql: string | null }>(
    `SELECT string_agg(format(CASE relkind WHEN 'S' THEN 'GRANT USAGE, SELECT ON SEQUENCE %1$s TO %2$I'
       ELSE 'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE %1$s TO %2$I' END, oid::regclass, $1::text), '; ') AS sql ${ownRelations}`,
    [role],
  )
  const sql = rows[0]?.sql ?? null
  if (sql !== null) await client.query(sql)
}

const attempt = (client: Session, sql: string) => tryOut(client, () => client.query(sql), 'RELEASE')

/** Null if `work` succeeded, else why PostgreSQL refused it. Nothing of it stays, unless it is released. */
async function tryOut(
  client: Session,
  work: () => Promise<unknown>,
  then: 'RELEASE' | 'ROLLBACK TO' = 'ROLLBACK TO',
): Promise<string | null> {
  await client.query('SAVEPOINT attempt')
  try {
    await work()
    await client.query(`${then} SAVEPOINT attempt`)
    return null
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    await client.query('ROLLBACK TO SAVEPOINT attempt')
    return error.message
  }
}
