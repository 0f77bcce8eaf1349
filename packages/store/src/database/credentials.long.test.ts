import { execFile } from 'node:child_process'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startPostgresServer, type PostgresServer } from '@goalpost/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createStore } from '../create-store.ts'
import { examineDatabase } from '../examination/examine-database.ts'
import { migrate } from './migrate.ts'

/** A server with `ssl = on` and a private authority, which asks the role `service` for a password. */
const run = promisify(execFile)
let folder: string
let server: PostgresServer
let admin: pg.Client

const file = (name: string) => join(folder, name)

async function openssl(...args: string[]): Promise<void> {
  await run('openssl', args, { cwd: folder })
}

async function makeAuthority(name: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`]
  await openssl('req', '-x509', ...key, '-out', `${name}.pem`, '-days', '2', '-subj', `/CN=${name}`)
}

/** For the host `localhost`, and no other. */
async function makeCertificate(): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'server.key']
  await openssl('req', '-new', ...key, '-out', 'server.csr', '-subj', '/CN=localhost')
  await writeFile(file('names'), 'subjectAltName=DNS:localhost\n')
  const authority = ['-CA', 'ours.pem', '-CAkey', 'ours.key', '-CAcreateserial']
  await openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    ...authority,
    '-days',
    '2',
    '-extfile',
    'names',
    '-out',
    'server.pem',
  )
}

/** PostgreSQL wants its key to be its own. As root, tests run it as another user. */
async function giveToServer(): Promise<void> {
  await chmod(folder, 0o755)
  await chmod(file('server.key'), 0o600)
  if (process.getuid?.() !== 0) return
  const id = (flag: string) =>
    run('id', [flag, 'postgres'])
      .catch(() => run('id', [flag, 'nobody']))
      .then(({ stdout }) => Number(stdout))
  await chown(file('server.key'), await id('-u'), await id('-g'))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goalpost-credentials-'))
  await makeAuthority('ours')
  await makeAuthority('theirs')
  await makeCertificate()
  await writeFile(file('hba'), 'host all service 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n')
  await giveToServer()
  server = await startPostgresServer({
    ssl: 'on',
    ssl_cert_file: file('server.pem'),
    ssl_key_file: file('server.key'),
    hba_file: file('hba'),
  })
  admin = new pg.Client(server.url('postgres'))
  admin.on('error', () => undefined)
  await admin.connect()
  await admin.query("CREATE ROLE service LOGIN SUPERUSER PASSWORD 'first'")
  await admin.query('CREATE DATABASE goalpost')
  await migrate(server.url('goalpost'))
})
afterAll(async () => {
  await admin.end()
  await server.close()
  await rm(folder, { recursive: true })
})

function urlWith(change: (url: URL) => void): string {
  const url = new URL(server.url('goalpost'))
  change(url)
  return url.href
}

type Tls = { readonly host?: string; readonly authority?: 'ours' | 'theirs' | null; readonly sslmode?: string }
const tlsUrl = ({ host = 'localhost', authority = 'ours', sslmode = 'verify-full' }: Tls = {}) =>
  urlWith((url) => {
    url.hostname = host
    url.searchParams.set('sslmode', sslmode)
    if (authority !== null) url.searchParams.set('sslrootcert', file(`${authority}.pem`))
  })

/** What the service, its start and the doctor say. */
async function refusalsOf(url: string): Promise<string[]> {
  const store = createStore({ url, poolSize: 1 })
  const messageOf = (work: Promise<unknown>) =>
    work.then(
      () => 'works',
      (error: Error) => error.message,
    )
  try {
    const said = await Promise.all([store.ping(), store.apiKeys.find('a'.repeat(64)), migrate(url)].map(messageOf))
    const [check] = await examineDatabase(url)
    return [...said, check!.detail]
  } finally {
    await store.close()
  }
}

describe('over TLS', () => {
  it('works with a private authority and the name of the host', async () => {
    const store = createStore({ url: tlsUrl(), poolSize: 1 })
    try {
      await store.ping()
      const { rows } = await admin.query<{ ssl: boolean }>(
        "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = 'goalpost' AND backend_type = 'client backend'",
      )
      expect(rows).toEqual([{ ssl: true }])
      expect(await migrate(tlsUrl())).toEqual([])
    } finally {
      await store.close()
    }
  })

  const unknown = /^The database's TLS certificate is signed by an unknown authority\. Add sslrootcert=/
  it.each([
    ['another authority', { authority: 'theirs' }, unknown],
    ['no authority', { authority: null }, unknown],
    [
      'another host name',
      { host: '127.0.0.1' },
      /^The database's TLS certificate is for another host name\. Use that name/,
    ],
  ] as const)('is refused with %s, with the remedy', async (_, tls, message) => {
    for (const said of await refusalsOf(tlsUrl(tls))) expect(said).toMatch(message)
  })

  it('can be had without the check', async () => {
    const store = createStore({
      url: tlsUrl({ host: '127.0.0.1', authority: null, sslmode: 'no-verify' }),
      poolSize: 1,
    })
    await store.ping()
    await store.close()
  })

  it('is refused by a server without it, with the remedy', async () => {
    const plain = await startPostgresServer()
    try {
      const url = new URL(plain.url('postgres'))
      url.searchParams.set('sslmode', 'verify-full')
      for (const said of await refusalsOf(url.href)) expect(said).toMatch(/offers no TLS\. Enable it there/)
    } finally {
      await plain.close()
    }
  })
})

const withPassword = (password: string) =>
  urlWith((url) => {
    url.username = 'service'
    url.password = password
  })
const rejected = 'The database rejected the user name or password. Correct them in DATABASE_URL'

describe('a password', () => {
  it('that is wrong or missing is named as the cause, and appears nowhere', async () => {
    for (const password of ['hunter2', '']) {
      const said = await refusalsOf(withPassword(password))
      expect(new Set(said)).toEqual(new Set([rejected]))
    }
  })

  it('that changes while the service runs is named, and its return is enough', async () => {
    const store = createStore({ url: withPassword('first'), poolSize: 2 })
    try {
      await store.ping()
      await admin.query("ALTER ROLE service PASSWORD 'second'")
      // A session that is open stays open: it is the next one that is refused.
      await store.ping()
      await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'service'")
      await vi.waitFor(() => expect(store.ping()).rejects.toMatchObject({ code: 'unavailable', message: rejected }))
      await expect(store.dispatcher.reapExpired()).rejects.toMatchObject({ code: 'unavailable', message: rejected })
      await admin.query("ALTER ROLE service PASSWORD 'first'")
      await store.ping()
      expect(await store.dispatcher.reapExpired()).toBe(0)
    } finally {
      await store.close()
    }
  })
})
