import pg from 'pg'
import { confinedRole } from './confinement.ts'
import { toGoalpostError } from './errors.ts'

/** For administrators of a server on which Goalpost's role may not create roles. */
export const confinementRemedy = `CREATE ROLE ${confinedRole} NOLOGIN; GRANT ${confinedRole} TO the role in DATABASE_URL; then restart the API`

/**
 * Makes the role that confined sessions take, if the session may, and grants it what the API needs.
 * @returns whether sessions of this user can take the role
 */
export async function prepareConfinedRole(client: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  if (!(await mayTakeRole(client))) {
    await createRole(client)
    if (!(await mayTakeRole(client))) return false
  }
  await grantTables(client)
  return true
}

async function mayTakeRole(client: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    "SELECT coalesce(pg_has_role(current_user, oid, 'MEMBER'), false) AS may FROM pg_roles WHERE rolname = $1",
    [confinedRole],
  )
  return rows[0]?.may === true
}

/** Whether the role is there for this user, or will be when the API starts. */
export async function canHaveConfinedRole(client: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  if (await mayTakeRole(client)) return true
  const { rows } = await client.query<{ may: boolean }>(
    'SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user',
  )
  return rows[0]?.may === true
}

/** Roles belong to the whole server: another database may make it at the same moment. */
async function createRole(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  await client.query(`
    DO $$ BEGIN
      CREATE ROLE ${confinedRole} NOLOGIN;
      EXECUTE format('GRANT ${confinedRole} TO %I', current_user);
    EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
    END $$`)
}

/** Only if something is missing: it locks rows of the catalogue. */
async function grantTables(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  if (!(await lacksGrants(client))) return
  await client.query(`
    GRANT USAGE ON SCHEMA public TO ${confinedRole};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${confinedRole};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${confinedRole}`)
}

async function lacksGrants(client: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
       AND NOT CASE relkind
         WHEN 'S' THEN has_sequence_privilege($1, oid, 'USAGE') ELSE has_table_privilege($1, oid, 'DELETE') END LIMIT 1`,
    [confinedRole],
  )
  return rowCount !== 0
}

/** Whether confined stores of this database work: the role is there, and may use all tables. */
export async function mayConfine(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await mayTakeRole(client)) && !(await lacksGrants(client))
  } catch (error) {
    throw toGoalpostError(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}
