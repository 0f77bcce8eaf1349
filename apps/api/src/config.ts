import {
  commonSettings,
  GoalpostError,
  limits,
  readSettings,
  tracingOf,
  wholeNumber,
  type SettingsLogLevel,
  type TracingSettings,
} from '@goalpost/contracts'
import { addressRanges, type AllowedRanges } from '@goalpost/experiments'
import { z } from 'zod'
import type { OidcSettings } from './oidc.ts'
import type { ConnectionLimits } from './server/connection-limits.ts'
import { originList } from './server/cross-origin.ts'

/** The API's settings from its environment. */
export type ApiConfig = {
  readonly databaseUrl: string
  readonly artifactsUrl: string
  readonly host: string
  readonly port: number
  readonly bootstrapKey: string | undefined
  readonly databasePoolSize: number
  /** How long a statement of the database may take. */
  readonly statementTimeoutMs: number
  /** How long to wait for the database at start. */
  readonly databaseWaitMs: number
  /** After SIGTERM, how long requests are served while `/readyz` fails already. */
  readonly drainMs: number
  readonly requestsPerMinute: number
  readonly requestsPerMinuteOfAddress: number
  readonly connections: ConnectionLimits
  /** Ranges of gateways whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: AllowedRanges
  readonly bodyLimitBytes: number
  /** The limit for one uploaded file. */
  readonly uploadLimitBytes: number
  readonly computeThreads: number
  readonly computeTimeLimitMs: number
  readonly openMetrics: boolean
  /** What a scraper may send instead of an API key; null if nothing. */
  readonly metricsToken: string | null
  /** Ranges of addresses that webhooks may use although they are not public. */
  readonly webhookAllow: AllowedRanges
  /** The address of this service in browsers, without a slash at its end; null: unknown. */
  readonly publicUrl: string | null
  /** Sign-in with an account elsewhere; null: off. */
  readonly oidc: OidcSettings | null
  /** The operator's secret for signing receipts, or the URL of its file; null: none are signed. */
  readonly receiptSecret: string | null
  /** Other sites whose pages may use the API. */
  readonly corsOrigins: readonly string[]
  readonly workers: number
  readonly codeRevision: string
  /** The operator's secret, or the URL of its file; null if there is none. */
  readonly salt: string | null
  readonly logLevel: SettingsLogLevel
  readonly tracing: TracingSettings
}

/** Longer than any request computes before its answer, and than the pause between two events of a stream. */
const silentMs = 180_000

const webAddress = z
  .string()
  .refine(
    (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
    'must be a URL like https://goalpost.example.org',
  )

/** Without a slash at the end, as paths are added. */
const baseAddress = webAddress.transform((text) => text.replace(/\/+$/, ''))

const environment = z.object({
  ...commonSettings,
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4_700),
  GOALPOST_BOOTSTRAP_KEY: z
    .string()
    .regex(/^gp_[\w-]{32,190}$/, 'must be `gp_` and 32 to 190 letters, digits, `_` or `-`')
    .optional(),
  GOALPOST_DATABASE_POOL: wholeNumber(1, 1_000).default(10),
  GOALPOST_DATABASE_WAIT_MS: wholeNumber(0, 3_600_000).default(30_000),
  GOALPOST_DRAIN_MS: wholeNumber(0, 600_000).default(0),
  GOALPOST_REQUESTS_PER_MINUTE: wholeNumber(1, 10_000_000).default(6_000),
  GOALPOST_REQUESTS_PER_MINUTE_OF_ADDRESS: wholeNumber(1, 10_000_000).default(3_000),
  GOALPOST_CONNECTIONS: wholeNumber(1, 1_000_000).default(10_000),
  GOALPOST_CONNECTIONS_OF_ADDRESS: wholeNumber(1, 1_000_000).default(2_000),
  GOALPOST_REQUEST_TIME_LIMIT_MS: wholeNumber(1_000, 86_400_000).default(300_000),
  GOALPOST_TRUSTED_PROXIES: addressRanges,
  GOALPOST_BODY_LIMIT: wholeNumber(1_024, 100_000_000).default(limits.bodyBytes),
  GOALPOST_UPLOAD_LIMIT: wholeNumber(1_024, limits.largestUploadBytes).default(limits.uploadBytes),
  GOALPOST_COMPUTE_THREADS: wholeNumber(1, 64).default(1),
  GOALPOST_COMPUTE_TIME_LIMIT_MS: wholeNumber(1_000, 600_000).default(60_000),
  GOALPOST_OPEN_METRICS: z.enum(['true', 'false'], 'must be true or false').optional(),
  GOALPOST_METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{32,200}$/, 'must be 32 to 200 letters, digits or characters of `-._~+/=`')
    .optional(),
  GOALPOST_WEBHOOK_ALLOW: addressRanges,
  GOALPOST_PUBLIC_URL: baseAddress.optional(),
  // A slash at the end belongs to the issuer's name.
  GOALPOST_OIDC_ISSUER: webAddress.optional(),
  GOALPOST_OIDC_CLIENT_ID: z.string().optional(),
  GOALPOST_OIDC_CLIENT_SECRET: z.string().optional(),
  GOALPOST_OIDC_NAME: z.string().max(80).default('single sign-on'),
  GOALPOST_RECEIPT_SECRET: z.string().optional(),
  GOALPOST_CORS_ORIGINS: originList,
  GOALPOST_WORKERS: wholeNumber(1, 100_000).default(1),
})

const formerNames = {
  GOALPOST_DATABASE_WAIT: { now: 'GOALPOST_DATABASE_WAIT_MS', factor: 1_000 },
  GOALPOST_COMPUTE_TIME_LIMIT: { now: 'GOALPOST_COMPUTE_TIME_LIMIT_MS', factor: 1_000 },
  GOALPOST_REVISION: { now: 'GOALPOST_CODE_REVISION' },
}

/** @throws GoalpostError `invalid-request` with an issue for every variable that is missing or wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ApiConfig {
  const variables = readSettings(environment, env, formerNames)
  return {
    databaseUrl: variables.DATABASE_URL,
    artifactsUrl: variables.ARTIFACTS_URL,
    host: variables.HOST,
    port: variables.PORT,
    bootstrapKey: variables.GOALPOST_BOOTSTRAP_KEY,
    databasePoolSize: variables.GOALPOST_DATABASE_POOL,
    statementTimeoutMs: variables.GOALPOST_STATEMENT_TIMEOUT_MS,
    databaseWaitMs: variables.GOALPOST_DATABASE_WAIT_MS,
    drainMs: variables.GOALPOST_DRAIN_MS,
    requestsPerMinute: variables.GOALPOST_REQUESTS_PER_MINUTE,
    requestsPerMinuteOfAddress: variables.GOALPOST_REQUESTS_PER_MINUTE_OF_ADDRESS,
    connections: {
      most: variables.GOALPOST_CONNECTIONS,
      mostOfAddress: variables.GOALPOST_CONNECTIONS_OF_ADDRESS,
      requestMs: variables.GOALPOST_REQUEST_TIME_LIMIT_MS,
      silentMs,
    },
    trustedProxies: variables.GOALPOST_TRUSTED_PROXIES,
    bodyLimitBytes: variables.GOALPOST_BODY_LIMIT,
    uploadLimitBytes: variables.GOALPOST_UPLOAD_LIMIT,
    computeThreads: variables.GOALPOST_COMPUTE_THREADS,
    computeTimeLimitMs: variables.GOALPOST_COMPUTE_TIME_LIMIT_MS,
    openMetrics:
      variables.GOALPOST_OPEN_METRICS === undefined
        ? isLoopback(variables.HOST)
        : variables.GOALPOST_OPEN_METRICS === 'true',
    metricsToken: variables.GOALPOST_METRICS_TOKEN ?? null,
    webhookAllow: variables.GOALPOST_WEBHOOK_ALLOW,
    publicUrl: variables.GOALPOST_PUBLIC_URL ?? null,
    oidc: oidcSettings(variables),
    receiptSecret: variables.GOALPOST_RECEIPT_SECRET ?? null,
    corsOrigins: variables.GOALPOST_CORS_ORIGINS,
    workers: variables.GOALPOST_WORKERS,
    salt: variables.GOALPOST_SUITE_SALT ?? null,
    codeRevision: variables.GOALPOST_CODE_REVISION ?? 'unknown',
    logLevel: variables.GOALPOST_LOG_LEVEL,
    tracing: tracingOf(variables),
  }
}

type OidcVariables = Pick<
  z.output<typeof environment>,
  | 'GOALPOST_OIDC_ISSUER'
  | 'GOALPOST_OIDC_CLIENT_ID'
  | 'GOALPOST_OIDC_CLIENT_SECRET'
  | 'GOALPOST_OIDC_NAME'
  | 'GOALPOST_PUBLIC_URL'
>

/** All or nothing: half of it would fail at the first sign-in. */
function oidcSettings(variables: OidcVariables): OidcSettings | null {
  const {
    GOALPOST_OIDC_ISSUER: issuer,
    GOALPOST_OIDC_CLIENT_ID: clientId,
    GOALPOST_PUBLIC_URL: publicUrl,
    GOALPOST_OIDC_CLIENT_SECRET: clientSecret = null,
    GOALPOST_OIDC_NAME: name,
  } = variables
  if (issuer === undefined) return null
  if (clientId === undefined || publicUrl === undefined)
    throw new GoalpostError(
      'invalid-request',
      'GOALPOST_OIDC_ISSUER needs GOALPOST_OIDC_CLIENT_ID, and GOALPOST_PUBLIC_URL, the address of this service in browsers',
    )
  return { issuer, clientId, clientSecret, name, publicUrl }
}

/** Metrics need no key on a loopback address. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
