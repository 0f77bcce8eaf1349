import { commonSettings, readSettings, tracingOf, wholeNumber } from '@goalpost/contracts'
import { addressRanges, type AllowedRanges } from '@goalpost/experiments'
import { allowedEndpoints } from '@goalpost/hosted-models'
import type { SettingsLogLevel, TracingSettings, WorkerAnnouncement } from '@goalpost/contracts'
import { z } from 'zod'

const variables = z.object({
  ...commonSettings,
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be redis://host:port or rediss://host:port' }).optional(),
  GOALPOST_WORKER_CONCURRENCY: wholeNumber(1, 256).default(1),
  GOALPOST_GPU_CONCURRENCY: wholeNumber(1, 256).default(1),
  GOALPOST_SHORT_SLOTS: wholeNumber(0, 256).default(1),
  GOALPOST_QUEUES: z.enum(['cpu', 'gpu', 'cpu,gpu', 'gpu,cpu'], 'must be cpu, gpu or cpu,gpu').default('cpu'),
  GOALPOST_LEASE_MS: wholeNumber(1_000, 600_000).default(15_000),
  GOALPOST_SILENCE_MS: wholeNumber(1_000, 86_400_000).default(600_000),
  GOALPOST_PREEMPT_AFTER_MS: wholeNumber(0, 86_400_000).default(60_000),
  GOALPOST_LOOK_AHEAD: wholeNumber(1, 10_000).default(32),
  GOALPOST_FILE_GRACE_HOURS: wholeNumber(2, 8_760).default(24),
  GOALPOST_WEBHOOK_ALLOW: addressRanges,
  // Read by the trainers; checked here, so that a worker with a fault in it does not start.
  GOALPOST_MODEL_ENDPOINTS: allowedEndpoints,
  GOALPOST_MODEL_SANDBOX: z.enum(['preferred', 'required'], 'must be preferred or required').default('preferred'),
  GOALPOST_HEALTH_HOST: z.string().default('127.0.0.1'),
  GOALPOST_HEALTH_PORT: wholeNumber(1, 65_535).optional(),
})

const formerNames = { GOALPOST_REVISION: { now: 'GOALPOST_CODE_REVISION' } }

export type WorkerConfig = {
  readonly databaseUrl: string
  /** How long a statement of the database may take. */
  readonly statementTimeoutMs: number
  /** Null if the queue is in the database. */
  readonly redisUrl: string | null
  readonly artifactsUrl: string
  /** The queues to serve, with tasks at a time from each (short ones separately), each in its own process. */
  readonly queues: WorkerAnnouncement['queues']
  readonly leaseMs: number
  /** A trainer that sends nothing for this long is killed. */
  readonly silenceMs: number
  /** How long a task runs at least before one of higher priority may take its slot; null: none may. */
  readonly preemptAfterMs: number | null
  /** The number of ready tasks in each queue, over all workers. */
  readonly lookAhead: number
  /** How long files stay that nothing needs any more. */
  readonly fileGraceMs: number
  /** Ranges of addresses that webhooks may use although they are not public. */
  readonly webhookAllow: AllowedRanges
  /** Whether a machine on which imported models cannot run in a full sandbox may serve as a worker. */
  readonly requiresSandbox: boolean
  readonly health: { readonly host: string; readonly port: number } | null
  readonly logLevel: SettingsLogLevel
  readonly tracing: TracingSettings
  /** The code's revision for manifests; null if not set. */
  readonly revision: string | null
  /** The operator's secret, or the URL of its file; null if there is none. */
  readonly salt: string | null
}

/** @throws GoalpostError `invalid-request` that names every missing or wrong variable on one line. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const given = readSettings(variables, environment, formerNames)
  return {
    databaseUrl: given.DATABASE_URL,
    statementTimeoutMs: given.GOALPOST_STATEMENT_TIMEOUT_MS,
    tracing: tracingOf(given),
    redisUrl: given.REDIS_URL ?? null,
    artifactsUrl: given.ARTIFACTS_URL,
    queues: queuesOf(given),
    leaseMs: given.GOALPOST_LEASE_MS,
    silenceMs: given.GOALPOST_SILENCE_MS,
    preemptAfterMs: given.GOALPOST_PREEMPT_AFTER_MS === 0 ? null : given.GOALPOST_PREEMPT_AFTER_MS,
    lookAhead: given.GOALPOST_LOOK_AHEAD,
    fileGraceMs: given.GOALPOST_FILE_GRACE_HOURS * 3_600_000,
    webhookAllow: given.GOALPOST_WEBHOOK_ALLOW,
    requiresSandbox: given.GOALPOST_MODEL_SANDBOX === 'required',
    health:
      given.GOALPOST_HEALTH_PORT === undefined
        ? null
        : { host: given.GOALPOST_HEALTH_HOST, port: given.GOALPOST_HEALTH_PORT },
    logLevel: given.GOALPOST_LOG_LEVEL,
    revision: given.GOALPOST_CODE_REVISION ?? null,
    salt: given.GOALPOST_SUITE_SALT ?? null,
  }
}

function queuesOf(given: z.output<typeof variables>): WorkerConfig['queues'] {
  const slots = { cpu: given.GOALPOST_WORKER_CONCURRENCY, gpu: given.GOALPOST_GPU_CONCURRENCY }
  const named = given.GOALPOST_QUEUES.split(',')
  return (['cpu', 'gpu'] as const)
    .filter((device) => named.includes(device))
    .map((device) => ({ device, slots: slots[device], shortSlots: given.GOALPOST_SHORT_SLOTS }))
}
