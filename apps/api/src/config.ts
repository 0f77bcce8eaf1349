import { limits } from '@goalpost/contracts'
import { z } from 'zod'

/** What the API is told by its environment. Durations are in seconds there, as people write them. */
export type ApiConfig = {
  readonly databaseUrl: string
  readonly artifactsUrl: string
  readonly host: string
  readonly port: number
  readonly bootstrapKey: string | undefined
  readonly databasePoolSize: number
  /** How long to wait for a database that is not there yet. */
  readonly databaseWaitMs: number
  readonly requestsPerMinute: number
  readonly bodyLimitBytes: number
  /** Of one uploaded file. */
  readonly uploadLimitBytes: number
  readonly computeThreads: number
  readonly computeTimeLimitMs: number
  readonly openMetrics: boolean
  readonly workers: number
  readonly codeRevision: string
  /** The operator's secret, or the URL of the file that holds it; null: there is none. */
  readonly salt: string | null
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

export type ConfigOutcome =
  | { readonly ok: true; readonly config: ApiConfig }
  /** One line for each variable that is missing or wrong. */
  | { readonly ok: false; readonly faults: readonly string[] }

const whole = (low: number, high: number, otherwise: number) => {
  const wanted = `must be a whole number from ${low} to ${high}`
  const inRange = (value: number): boolean => Number.isInteger(value) && value >= low && value <= high
  return z
    .string()
    .default(String(otherwise))
    .refine((text) => /^\d+$/.test(text) && inRange(Number(text)), wanted)
    .transform(Number)
}

const postgresUrl = z.string('is missing: the URL of a PostgreSQL database').refine((text) => {
  return /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '')
}, 'must be a URL like postgresql://user:password@host:5432/database')

const environment = z.object({
  DATABASE_URL: postgresUrl,
  ARTIFACTS_URL: z.string(
    'is missing: where files are kept, such as file:///var/lib/goalpost/artifacts or s3://bucket/prefix',
  ),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535, 4_700),
  GOALPOST_BOOTSTRAP_KEY: z
    .string()
    .regex(/^gp_[\w-]{32,190}$/, 'must be `gp_` and 32 to 190 letters, digits, `_` or `-`')
    .optional(),
  GOALPOST_DATABASE_POOL: whole(1, 1_000, 10),
  GOALPOST_DATABASE_WAIT: whole(0, 3_600, 30),
  GOALPOST_REQUESTS_PER_MINUTE: whole(1, 10_000_000, 6_000),
  GOALPOST_BODY_LIMIT: whole(1_024, 100_000_000, limits.bodyBytes),
  GOALPOST_UPLOAD_LIMIT: whole(1_024, limits.largestUploadBytes, limits.uploadBytes),
  GOALPOST_COMPUTE_THREADS: whole(1, 64, 1),
  GOALPOST_COMPUTE_TIME_LIMIT: whole(1, 600, 20),
  GOALPOST_OPEN_METRICS: z.enum(['true', 'false'], 'must be true or false').optional(),
  GOALPOST_WORKERS: whole(1, 100_000, 1),
  GOALPOST_SUITE_SALT: z.string().optional(),
  GOALPOST_REVISION: z.string().default('unknown'),
  GOALPOST_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
})

/** A variable that is set to nothing counts as not set: that is how compose files leave one out. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    return { ok: false, faults: parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) }
  }
  const variables = parsed.data
  const config: ApiConfig = {
    databaseUrl: variables.DATABASE_URL,
    artifactsUrl: variables.ARTIFACTS_URL,
    host: variables.HOST,
    port: variables.PORT,
    bootstrapKey: variables.GOALPOST_BOOTSTRAP_KEY,
    databasePoolSize: variables.GOALPOST_DATABASE_POOL,
    databaseWaitMs: variables.GOALPOST_DATABASE_WAIT * 1_000,
    requestsPerMinute: variables.GOALPOST_REQUESTS_PER_MINUTE,
    bodyLimitBytes: variables.GOALPOST_BODY_LIMIT,
    uploadLimitBytes: variables.GOALPOST_UPLOAD_LIMIT,
    computeThreads: variables.GOALPOST_COMPUTE_THREADS,
    computeTimeLimitMs: variables.GOALPOST_COMPUTE_TIME_LIMIT * 1_000,
    openMetrics:
      variables.GOALPOST_OPEN_METRICS === undefined
        ? isLoopback(variables.HOST)
        : variables.GOALPOST_OPEN_METRICS === 'true',
    workers: variables.GOALPOST_WORKERS,
    salt: variables.GOALPOST_SUITE_SALT ?? null,
    codeRevision: variables.GOALPOST_REVISION,
    logLevel: variables.GOALPOST_LOG_LEVEL,
  }
  return { ok: true, config }
}

/** Where only this machine can ask, metrics need no key. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
