import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createArtifactStore } from '@goalpost/artifacts'
import type { ApiKeyScope } from '@goalpost/contracts'
import { hashSalt } from '@goalpost/experiments'
import type { ArtifactStore } from '@goalpost/experiments'
import { createStore, migrate, type Store } from '@goalpost/store'
import { createLogger, createMetrics, noTracer } from '@goalpost/telemetry'
import { startTestDatabase } from '@goalpost/testing'
import { buildApi } from '../src/app.ts'
import { createComputePool } from '../src/compute/compute-pool.ts'
import type { ApiDependencies, ApiSettings } from '../src/dependencies.ts'
import { createDrain } from '../src/server/draining.ts'
import { createReceiptSigner } from '../src/receipt-signer.ts'
import { createFleetReader } from '../src/fleet.ts'
import { createIntakePool, type Intake } from '../src/intake/intake-pool.ts'
import type { Api } from '../src/server/route-schemas.ts'
import { createKey } from './create-key.ts'
import { engineFor, protocols } from './toy-protocol.ts'

export type TestService = {
  readonly api: Api
  readonly store: Store
  readonly databaseUrl: string
  readonly artifacts: ArtifactStore
  /** A key of that workspace. */
  createKey(workspace: string, scope: ApiKeyScope, rights?: { operator?: boolean; expiresAt?: Date }): Promise<string>
  /** Another API on the same database, like behind a load balancer. Closed by the test. */
  buildAnother(
    change?: Partial<ApiSettings>,
    around?: Partial<
      Pick<ApiDependencies, 'apiKeys' | 'salt' | 'metrics' | 'metricsToken' | 'logger' | 'oidc' | 'receipts' | 'tracer'>
    >,
  ): Promise<Api>
  close(): Promise<void>
}

export const settings: ApiSettings = {
  codeRevision: 'test',
  bodyLimitBytes: 100_000,
  uploadLimitBytes: 200_000,
  dashboardFolder: '/missing',
  requestsPerMinute: 1_000_000,
  requestsPerMinuteOfAddress: 1_000_000,
  connections: { most: 10_000, mostOfAddress: 10_000, requestMs: 60_000, silentMs: 60_000 },
  trustedProxies: [],
  openMetrics: false,
  eventPollMs: 20,
  progressIntervalMs: 20,
  heartbeatMs: 200,
  webhookAllow: [],
  corsOrigins: [],
  workers: 2,
}

/** The dependencies of an API, around a store that the test has opened. */
export async function createDependencies(store: Store, databaseUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-api-'))
  const artifacts = await createArtifactStore(pathToFileURL(folder).href)
  const protocolsModule = new URL('./toy-protocol.ts', import.meta.url).href
  const compute = createComputePool({ protocolsModule, threads: 1, timeLimitMs: 5_000 })
  const { codeRevision, workers } = settings
  const intakes: Intake[] = []
  const openIntake = (salt: string | null): Intake => {
    const intake = createIntakePool({
      plannerModule: protocolsModule,
      databaseUrl,
      confined: true,
      codeRevision,
      saltHash: hashSalt(salt),
      workers,
      threads: 1,
      timeLimitMs: 20_000,
    })
    intakes.push(intake)
    return intake
  }
  const metrics = createMetrics({ service: 'api' })
  const fleet = createFleetReader(store.workers, Date.now)
  metrics.measureFleet({ counts: store.countFleet, workers: async () => (await fleet()).workers })
  const deps: ApiDependencies = {
    experiments: store.experiments,
    models: store.models,
    apiKeys: store.apiKeys,
    sessions: store.sessions,
    invitations: store.invitations,
    members: store.members,
    oidc: null,
    schedules: store.schedules,
    gates: store.gates,
    webhooks: store.webhooks,
    workspaces: store.workspaces,
    retention: store.retention,
    filters: store.filters,
    database: store,
    artifacts,
    protocols,
    engineFor,
    salt: null,
    receipts: createReceiptSigner('a secret of the operator, long enough'),
    metricsToken: null,
    fleet,
    compute,
    intake: openIntake(null),
    logger: createLogger({ service: 'api', level: 'silent' }),
    metrics,
    tracer: noTracer,
    drain: createDrain(),
    settings,
    now: Date.now,
  }
  const close = async (): Promise<void> => {
    await compute.close()
    for (const intake of intakes) await intake.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { deps, artifacts, openIntake, close }
}

/** The whole API on a real PostgreSQL, with the toy protocols. */
export async function startTestService(): Promise<TestService> {
  const database = await startTestDatabase({ prepare: migrate })
  // A copy has no role yet.
  await migrate(database.url)
  // The API's own is confined; tests prepare and look at all workspaces.
  const store = createStore({ url: database.url, poolSize: 5 })
  const confined = createStore({ url: database.url, poolSize: 5, confined: true })
  const { deps, artifacts, openIntake, close } = await createDependencies(confined, database.url)
  const buildAnother: TestService['buildAnother'] = (change = {}, around = {}) =>
    buildApi({
      ...deps,
      ...around,
      // Threads get their salt when they start.
      ...(around.salt === undefined ? {} : { intake: openIntake(around.salt) }),
      settings: { ...settings, ...change },
    })
  const api = await buildAnother()
  await announceToyWorker(store)
  const heartbeat = setInterval(() => void announceToyWorker(store).catch(() => undefined), 3_000)
  return {
    api,
    store,
    databaseUrl: database.url,
    artifacts,
    buildAnother,
    createKey: (workspace, scope, rights = {}) => createKey(store, { workspace, scope, ...rights }),
    async close() {
      clearInterval(heartbeat)
      await api.close()
      await close()
      await confined.close()
      await store.close()
      await database.close()
    },
  }
}

/** Every operation in the OpenAPI document. */
export function operationsOf(api: Api): readonly { readonly method: string; readonly path: string }[] {
  return Object.entries(api.swagger().paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => ({ method, path })),
  )
}

/** The port on which a server listens. */
export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port')
  return address.port
}

export const toyEngines = [{ name: 'toy:engine', device: 'cpu', build: '1', deviceName: null }] as const

/** Without a worker, the dispatcher dispatches no tasks. */
export function announceToyWorker(store: Pick<Store, 'workers'>): Promise<void> {
  return store.workers.announce({
    id: 'worker-1',
    host: 'toys',
    codeRevision: 'test',
    cores: 2,
    queues: [{ device: 'cpu', slots: 3 }],
    engines: [...toyEngines],
  })
}

export const spec = {
  apiVersion: 'goalpost/v1',
  protocol: 'toy',
  name: 'first',
  seeds: 2,
  options: { steps: 10 },
  conditions: [
    { name: 'low', options: { skill: 0.2 } },
    { name: 'high', options: { skill: 0.8 } },
  ],
} as const

export function bearer(key: string): { authorization: string } {
  return { authorization: `Bearer ${key}` }
}
