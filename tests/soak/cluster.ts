import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient, type Client } from '@goalpost/client'
import { freePort, startPostgresServer } from '@goalpost/testing'
import { startOutageProxy, type OutageProxy } from '@goalpost/testing/outage-proxy'
import { startRedisServer, type TestRedisServer } from '@goalpost/testing/redis-server'
import { keepRunning, type Program } from './program.ts'

export type Queue = 'postgres' | 'redis'

/** A service as an operator runs it on several machines: servers of its own, one API, two workers. */
export type Cluster = {
  readonly client: Client
  /** Not through the relay. */
  readonly databaseUrl: string
  readonly artifactsUrl: string
  readonly api: Program
  readonly workers: readonly Program[]
  /** Between the programs and PostgreSQL. */
  readonly databaseRelay: OutageProxy
  /** Null if jobs are in PostgreSQL. */
  readonly redis: { readonly server: TestRedisServer; readonly relay: OutageProxy } | null
  close(): Promise<void>
}

export const leaseMs = 4_000
const apiKey = `gp_${'soak'.repeat(10)}`

/** Resolves once both workers can be used. */
export async function startCluster(queue: Queue): Promise<Cluster> {
  const opened = new AsyncDisposableStack()
  const folder = await mkdtemp(path.join(tmpdir(), 'goalpost-soak-'))
  opened.defer(() => rm(folder, { recursive: true, maxRetries: 20, retryDelay: 250 }))
  const postgres = await startPostgresServer()
  opened.defer(() => postgres.close())
  const databaseUrl = postgres.url('postgres')
  const databaseRelay = await relayTo(databaseUrl, opened)
  const redis = queue === 'redis' ? await startRedis(opened) : null
  const artifactsUrl = pathToFileURL(path.join(folder, 'artifacts')).href
  const environment = {
    DATABASE_URL: through(databaseRelay, databaseUrl),
    ARTIFACTS_URL: artifactsUrl,
    GOALPOST_LEASE_MS: String(leaseMs),
    ...(redis === null ? {} : { REDIS_URL: through(redis.relay, redis.server.url) }),
  }
  const port = String(await freePort())
  const api = keepRunning('apps/api/src/main.ts', { ...environment, PORT: port, GOALPOST_BOOTSTRAP_KEY: apiKey })
  opened.defer(() => api.stop())
  const workers = [1, 2].map(() => keepRunning('apps/worker/src/main.ts', environment))
  for (const worker of workers) opened.defer(() => worker.stop())
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey })
  return {
    client,
    databaseUrl,
    artifactsUrl,
    api,
    workers,
    databaseRelay,
    redis,
    close: () => opened.disposeAsync(),
  }
}

/** It writes each command to its disk before it answers. */
async function startRedis(opened: AsyncDisposableStack): Promise<NonNullable<Cluster['redis']>> {
  const server = await startRedisServer(['--appendonly', 'yes', '--appendfsync', 'always'])
  opened.defer(() => server.close())
  return { server, relay: await relayTo(server.url, opened) }
}

async function relayTo(url: string, opened: AsyncDisposableStack): Promise<OutageProxy> {
  const { hostname, port } = new URL(url)
  const relay = await startOutageProxy({ host: hostname, port: Number(port) })
  opened.defer(() => relay.disappear())
  return relay
}

function through(relay: OutageProxy, url: string): string {
  const relayed = new URL(url)
  relayed.host = `127.0.0.1:${relay.port}`
  return relayed.href
}
