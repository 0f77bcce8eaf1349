import { GoalpostError } from '@goalpost/contracts'
import type { InputIssue, WorkerAnnouncement } from '@goalpost/contracts'
import { z } from 'zod'

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most)

/** The worker's environment variables. An empty one counts as not set. */
const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be postgresql://user:password@host:port/database' }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be redis://host:port or rediss://host:port' }).optional(),
  ARTIFACTS_URL: z.url({ protocol: /^(file|s3)$/, error: 'must be file:///folder or s3://bucket/prefix' }),
  GOALPOST_WORKER_CONCURRENCY: count(1, 256).default(1),
  GOALPOST_GPU_CONCURRENCY: count(1, 256).default(1),
  GOALPOST_SHORT_SLOTS: count(0, 256).default(1),
  GOALPOST_QUEUES: z.enum(['cpu', 'gpu', 'cpu,gpu', 'gpu,cpu'], 'must be cpu, gpu or cpu,gpu').default('cpu'),
  GOALPOST_LEASE_MS: count(1_000, 600_000).default(15_000),
  GOALPOST_SILENCE_MS: count(1_000, 86_400_000).default(600_000),
  GOALPOST_LOOK_AHEAD: count(1, 10_000).default(32),
  GOALPOST_HEALTH_HOST: z.string().default('127.0.0.1'),
  GOALPOST_HEALTH_PORT: count(1, 65_535).optional(),
  GOALPOST_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  GOALPOST_REVISION: z.string().optional(),
  GOALPOST_SUITE_SALT: z.string().optional(),
})

export type WorkerConfig = {
  readonly databaseUrl: string
  /** Null: the queue lives in the database. */
  readonly redisUrl: string | null
  readonly artifactsUrl: string
  /** Which queues to serve, and how many tasks at a time from each, short ones apart, every one in a process of its own. */
  readonly queues: WorkerAnnouncement['queues']
  readonly leaseMs: number
  /** A trainer that says nothing for this long is killed. */
  readonly silenceMs: number
  /** How many ready tasks lie in each queue, over all workers. */
  readonly lookAhead: number
  readonly health: { readonly host: string; readonly port: number } | null
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Of the code, for manifests; null: not told. */
  readonly revision: string | null
  /** The operator's secret, or the URL of the file that holds it; null: there is none. */
  readonly salt: string | null
}

/** @throws GoalpostError `invalid-request` that names every variable that is missing or malformed, on one line. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(set)
  if (!parsed.success) throw explain(parsed.error, set)
  const given = parsed.data
  return {
    databaseUrl: given.DATABASE_URL,
    redisUrl: given.REDIS_URL ?? null,
    artifactsUrl: given.ARTIFACTS_URL,
    queues: queuesOf(given),
    leaseMs: given.GOALPOST_LEASE_MS,
    silenceMs: given.GOALPOST_SILENCE_MS,
    lookAhead: given.GOALPOST_LOOK_AHEAD,
    health:
      given.GOALPOST_HEALTH_PORT === undefined
        ? null
        : { host: given.GOALPOST_HEALTH_HOST, port: given.GOALPOST_HEALTH_PORT },
    logLevel: given.GOALPOST_LOG_LEVEL,
    revision: given.GOALPOST_REVISION ?? null,
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

function explain(error: z.ZodError, set: Readonly<Record<string, unknown>>): GoalpostError {
  const issues = error.issues.map((issue): InputIssue => {
    const name = String(issue.path[0])
    const hint = issue.message.startsWith('must be') ? issue.message : `is not valid: ${issue.message}`
    // The value is not shown: URLs carry passwords.
    return {
      pointer: `/${name}`,
      message: name in set ? hint : `is missing: it ${hint.replace(/^is not valid: /, '')}`,
    }
  })
  const text = issues.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`).join('; ')
  return new GoalpostError('invalid-request', text, { issues })
}
