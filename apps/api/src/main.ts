import { fileURLToPath } from 'node:url'
import {
  alsoForTrainers,
  createArtifactStore,
  hideSecrets,
  notForTrainers,
  readSalt,
  readSecret,
} from '@goalpost/artifacts'
import { GoalpostError, errorTable, type FromApi } from '@goalpost/contracts'
import { hashSalt } from '@goalpost/experiments'
import { protocols } from '@goalpost/protocols'
import { createStore, findConfinementFault, migrate } from '@goalpost/store'
import { engineFor } from '@goalpost/submission'
import { createLogger, createMetrics, createTracer } from '@goalpost/telemetry'
import { buildApi } from './app.ts'
import { createComputePool } from './compute/compute-pool.ts'
import { readConfig, type ApiConfig } from './config.ts'
import { createFleetReader } from './fleet.ts'
import { offerFirstKey } from './first-key.ts'
import { createIntakePool } from './intake/intake-pool.ts'
import { createOidcSignIn } from './oidc.ts'
import { createReceiptSigner } from './receipt-signer.ts'
import { hashSecret } from './server/authentication.ts'
import { createDrain } from './server/draining.ts'
import { listen } from './server/listen.ts'
import { waitFor } from './wait-for.ts'

const dashboardFolder = fileURLToPath(new URL('../../dashboard/dist/', import.meta.url))
const heartbeatMs = 15_000
const eventPollMs = 500
const progressIntervalMs = 2_000
/** Two, so that a submission of thousands of tasks does not block small ones. */
const intakeThreads = 2
/** Of this, the transaction of the largest submission may take two minutes. */
const intakeTimeLimitMs = 150_000

/** Resolves when the parent supervisor ends, if there is one. Registered first, so that no event is missed. */
const orphaned = new Promise<void>((resolve) => process.once('disconnect', resolve))

async function run(config: ApiConfig): Promise<void> {
  const logger = createLogger({ service: 'api', level: config.logLevel })
  const warning = hideSecrets([...notForTrainers, ...alsoForTrainers], process.env)
  if (warning !== null) logger.warn(warning)
  const onError = (error: unknown) => logger.warn({ err: error }, 'spans cannot be sent')
  const tracer = createTracer({ service: 'api', ...config.tracing, onError })
  const salt = await readSalt(config.salt)
  const receiptSecret = await readSecret(config.receiptSecret, 'GOALPOST_RECEIPT_SECRET')
  const artifacts = await createArtifactStore(config.artifactsUrl)
  const applied = await waitFor(() => migrate(config.databaseUrl), {
    limitMs: config.databaseWaitMs,
    onFailure: (error) => logger.warn({ err: error }, 'waiting for the database'),
  })
  if (applied.length > 0) logger.info({ applied }, 'the database is up to date')
  const fault = await findConfinementFault(config.databaseUrl)
  if (fault !== null)
    logger.warn(`workspaces have no second wall in the database, as ${fault.missing}. ${fault.remedy}`)
  const confined = fault === null
  const { statementTimeoutMs } = config
  const store = createStore({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    confined,
    statementTimeoutMs,
  })
  if (config.bootstrapKey === undefined) await offerFirstKey(store.invitations, config)
  else {
    const works = await store.apiKeys.ensureBootstrap(hashSecret(config.bootstrapKey))
    if (!works) logger.warn('the key of GOALPOST_BOOTSTRAP_KEY was revoked: set another one, or none')
  }
  const { computeThreads: threads, computeTimeLimitMs: timeLimitMs } = config
  const compute = createComputePool({
    protocolsModule: import.meta.resolve('@goalpost/protocols'),
    threads,
    timeLimitMs,
  })
  const intake = createIntakePool({
    plannerModule: new URL('./planner.ts', import.meta.url).href,
    databaseUrl: config.databaseUrl,
    statementTimeoutMs,
    confined,
    codeRevision: config.codeRevision,
    saltHash: hashSalt(salt),
    workers: config.workers,
    threads: intakeThreads,
    timeLimitMs: intakeTimeLimitMs,
  })
  const metrics = createMetrics({ service: 'api' })
  const fleet = createFleetReader(store.workers, Date.now)
  metrics.measureFleet({ counts: store.countFleet, workers: async () => (await fleet()).workers })
  const drain = createDrain()
  const api = await buildApi({
    experiments: store.experiments,
    models: store.models,
    apiKeys: store.apiKeys,
    sessions: store.sessions,
    invitations: store.invitations,
    members: store.members,
    oidc: config.oidc === null ? null : createOidcSignIn(config.oidc),
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
    salt,
    receipts: receiptSecret === null ? null : createReceiptSigner(receiptSecret),
    metricsToken: config.metricsToken,
    fleet,
    compute,
    intake,
    logger,
    metrics,
    tracer,
    drain,
    settings: { ...settingsOf(config), dashboardFolder, heartbeatMs, eventPollMs, progressIntervalMs },
    now: Date.now,
  })
  const close = once(async () => {
    await api.close()
    await compute.close()
    await intake.close()
    await store.close()
    await tracer.close()
    logger.info('stopped')
    // An open channel would keep the process alive.
    if (process.connected) process.disconnect()
  })
  /** A later call with less time ends the drain of an earlier one. */
  const stop = async (drainMs: number) => {
    await drain.begin(drainMs)
    await close()
  }
  // Balancers and supervisors send SIGTERM, people SIGINT.
  process.on('SIGTERM', () => void stop(config.drainMs))
  process.on('SIGINT', () => void stop(0))
  // Without its supervisor, nothing would stop this process. The supervisor may have ended already.
  void orphaned.then(() => stop(0))
  try {
    await listen(api, config)
    process.send?.({ type: 'listening' } satisfies FromApi)
  } catch (error) {
    await stop(0)
    throw error
  }
}

/** The settings without secrets. */
function settingsOf({
  tracing: _tracing,
  salt: _salt,
  bootstrapKey: _key,
  databaseUrl: _url,
  oidc: _oidc,
  receiptSecret: _receipt,
  metricsToken: _token,
  ...settings
}: ApiConfig) {
  return settings
}

function once(work: () => Promise<void>): () => Promise<void> {
  let started: Promise<void> | undefined
  return () => (started ??= work())
}

/** One line for people and scripts; details are in the log. */
function exitWith(error: unknown): void {
  const known = error instanceof GoalpostError
  const line = known ? error.message : `Something went wrong inside Goalpost: ${String(error)}`
  process.stderr.write(`${line}\n`)
  process.exitCode = errorTable[known ? error.code : 'internal'].exit
  if (process.connected) process.disconnect()
}

try {
  await run(readConfig(process.env))
} catch (error) {
  exitWith(error)
}
