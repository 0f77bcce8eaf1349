import { createLogger, createMetrics, noTracer } from '@goalpost/telemetry'
import { createDrain } from './draining.ts'
import { buildApi } from '../app.ts'
import type { ApiDependencies } from '../dependencies.ts'

/** The OpenAPI document of all routes as text. Needs no database, as no route is called. */
export async function renderOpenApi(): Promise<string> {
  const api = await buildApi(unreachable)
  await api.ready()
  const document = `${JSON.stringify(api.swagger(), null, 2)}\n`
  await api.close()
  return document
}

/** Stands in for any dependency: no route is called, and one that is fails. */
const refuse = new Proxy(
  {},
  {
    get: (_target, name) => () => {
      throw new Error(`${String(name)} was called while the OpenAPI document was rendered`)
    },
  },
) as never

const unreachable: ApiDependencies = {
  experiments: refuse,
  models: refuse,
  apiKeys: refuse,
  sessions: refuse,
  invitations: refuse,
  members: refuse,
  oidc: null,
  schedules: refuse,
  gates: refuse,
  webhooks: refuse,
  workspaces: refuse,
  retention: refuse,
  filters: refuse,
  database: refuse,
  artifacts: refuse,
  compute: refuse,
  intake: refuse,
  protocols: new Map(),
  engineFor: () => {
    throw new Error('No engine is needed for the OpenAPI document')
  },
  salt: null,
  receipts: null,
  metricsToken: null,
  fleet: () => Promise.reject(new Error('No worker is needed for the OpenAPI document')),
  logger: createLogger({ service: 'api', level: 'silent' }),
  metrics: createMetrics({ service: 'api' }),
  tracer: noTracer,
  drain: createDrain(),
  settings: {
    codeRevision: 'none',
    bodyLimitBytes: 1,
    uploadLimitBytes: 1,
    dashboardFolder: '/missing',
    requestsPerMinute: 1,
    requestsPerMinuteOfAddress: 1,
    connections: { most: 1, mostOfAddress: 1, requestMs: 1, silentMs: 1 },
    trustedProxies: [],
    openMetrics: false,
    eventPollMs: 1,
    progressIntervalMs: 1,
    heartbeatMs: 1,
    webhookAllow: [],
    corsOrigins: [],
    workers: 1,
  },
  now: () => 0,
}
