import { startTestDatabase, type TestDatabase } from '@goalpost/testing'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStore } from '../create-store.ts'
import { findConfinementFault } from './confined-role.ts'
import { confinedRole } from './confinement.ts'
import { migrate } from './migrate.ts'

/** Of the service. Owns the tables, and has no rights on roles. */
const user = 'confined_role_test'

let database: TestDatabase
let admin: pg.Client
let url: string
let role: string

const start = () => startTestDatabase({ prepare, template: user })
const asUser = (of: string) => Object.assign(new URL(of), { username: user }).href

async function prepare(empty: string): Promise<void> {
  const client = new pg.Client({ connectionString: empty })
  await client.connect()
  await client.query(`CREATE ROLE ${user} LOGIN; GRANT CREATE ON SCHEMA public TO ${user}`)
  await client.query(`GRANT CREATE ON DATABASE ${new URL(empty).pathname.slice(1)} TO ${user}`)
  await client.end()
  await migrate(asUser(empty))
}

beforeEach(async () => {
  database = await start()
  admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  url = asUser(database.url)
  role = await nameOfRole()
})
afterEach(async () => {
  await admin.query(`ALTER ROLE ${user} NOCREATEROLE`)
  await admin.end()
  await database.close()
  await dropRole()
})

async function nameOfRole(): Promise<string> {
  const { rows } = await admin.query<{ name: string }>(`SELECT ${confinedRole} AS name`)
  return rows[0]!.name
}

async function dropRole(): Promise<void> {
  const server = new pg.Client({
    connectionString: Object.assign(new URL(database.url), { pathname: '/postgres' }).href,
  })
  await server.connect()
  await server.query(`DROP ROLE IF EXISTS ${role}`)
  await server.end()
}

/** As the API works where the fault is null. */
async function useConfined(): Promise<void> {
  const store = createStore({ url, poolSize: 1, confined: true })
  const own = await store.workspaces.ensure('own')
  const { total } = await store.within(own, () => store.experiments.storage(own))
  expect(total).toEqual({ files: 0, bytes: 0 })
  await store.close()
}

test('is made by a role that may create roles', async () => {
  await admin.query(`ALTER ROLE ${user} CREATEROLE`)
  await migrate(url)
  expect(await findConfinementFault(url)).toBeNull()
  await useConfined()
})

test('is made by an administrator otherwise, with the statements of the fault', async () => {
  await migrate(url)
  const fault = await findConfinementFault(url)
  expect(fault?.missing).toBe(`the role ${role} does not exist`)
  await admin.query(fault!.remedy.replace('As an administrator, run ', '').replace('; then restart the API', ''))
  await migrate(url)
  expect(await findConfinementFault(url)).toBeNull()
  await useConfined()
})

test('is another one in each database, and cannot read the list of migrations', async () => {
  await admin.query(`ALTER ROLE ${user} CREATEROLE`)
  await migrate(url)
  const { rows } = await admin.query(
    `SELECT has_table_privilege($1, '_prisma_migrations', 'SELECT') AS migrations, has_table_privilege($1, 'tasks', 'SELECT') AS tasks`,
    [role],
  )
  expect(rows).toEqual([{ migrations: false, tasks: true }])
  const other = await start()
  const client = new pg.Client({ connectionString: other.url })
  await client.connect()
  await client.query(`SET ROLE ${role}`)
  await expect(client.query('SELECT FROM tasks')).rejects.toThrow('permission denied for table tasks')
  await client.end()
  await other.close()
})

test('a membership that does not allow to take the role is a fault', async () => {
  await admin.query(`CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${user} WITH SET FALSE`)
  await migrate(url)
  expect((await findConfinementFault(url))?.missing).toBe(`permission denied to set role "${role}"`)
})

test('a schema that the role may not use is a fault, and its remedy mends it', async () => {
  await admin.query(`REVOKE USAGE ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO ${user};
    CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${user}`)
  await migrate(url)
  const fault = await findConfinementFault(url)
  expect(fault).toEqual({
    missing: 'permission denied for schema public',
    remedy: expect.stringContaining(`GRANT USAGE ON SCHEMA public TO ${role}`) as string,
  })
  await admin.query(`GRANT USAGE ON SCHEMA public TO ${role}`)
  expect(await findConfinementFault(url)).toBeNull()
})

test('a role that sees all rows is a fault', async () => {
  await admin.query(`CREATE ROLE ${role} NOLOGIN BYPASSRLS; GRANT ${role} TO ${user}`)
  await migrate(url)
  expect((await findConfinementFault(url))?.missing).toMatch(/sees all rows/)
})

test('tables and sequences of others in the schema are left alone', async () => {
  await admin.query(`CREATE TABLE foreign_table (x serial); REVOKE ALL ON foreign_table FROM PUBLIC;
    CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${user}`)
  await migrate(url)
  expect(await findConfinementFault(url)).toBeNull()
  const { rows } = await admin.query(`SELECT has_table_privilege($1, 'foreign_table', 'SELECT') AS may`, [role])
  expect(rows).toEqual([{ may: false }])
})

test('rights that a user may not grant are a fault, and no error of the migration', async () => {
  await migrate(url)
  await admin.query(`CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${user}; ALTER TABLE logs OWNER TO CURRENT_USER;
    GRANT ALL ON logs TO ${user}; REASSIGN OWNED BY ${user} TO CURRENT_USER; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${user}`)
  await migrate(url)
  expect((await findConfinementFault(url))?.missing).toMatch(/permission denied for table workspaces/)
})

test('a right that is missing on one table is named, and granted at the next start', async () => {
  await admin.query(`CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${user}`)
  await migrate(url)
  await admin.query(`REVOKE INSERT ON logs FROM ${role}`)
  expect((await findConfinementFault(url))?.missing).toBe(`the role ${role} may not use logs`)
  await migrate(url)
  expect(await findConfinementFault(url)).toBeNull()
})

test('a role that is there without its membership is granted, if the user may', async () => {
  await admin.query(`CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${user} WITH ADMIN TRUE, SET FALSE, INHERIT FALSE`)
  await migrate(url)
  expect(await findConfinementFault(url)).toBeNull()
  await useConfined()
})
