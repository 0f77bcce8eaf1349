import { z } from 'zod'

/** Digits only: JavaScript also accepts `1e3` and `0x10`, which are typing errors here. */
export const wholeNumber = (low: number, high: number) => {
  const wanted = `must be a whole number from ${low} to ${high}`
  return z
    .string(wanted)
    .refine((text) => /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high, wanted)
    .transform(Number)
}

const url = (protocols: RegExp, missing: string, wanted: string) =>
  z.string(missing).refine((text) => protocols.test(URL.parse(text)?.protocol ?? ''), wanted)

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** `name=value` pairs, separated by commas; values may be percent-encoded. */
const otlpHeaders = z
  .string()
  .default('')
  .transform((text) => {
    const pairs = text.split(',').flatMap((pair) => {
      const [name = '', ...value] = pair.split('=')
      return name.trim() === '' ? [] : [[name.trim(), decodeURIComponent(value.join('=').trim())] as const]
    })
    return Object.fromEntries(pairs) as Readonly<Record<string, string>>
  })

/** Settings that API and worker share, with the same names and units: `…_MS` is milliseconds. */
export const commonSettings = {
  DATABASE_URL: url(
    /^postgres(ql)?:$/,
    'is missing: the URL of a PostgreSQL database',
    'must be a URL like postgresql://user:password@host:5432/database',
  ),
  ARTIFACTS_URL: url(
    /^(file|s3):$/,
    'is missing: where files are stored, such as file:///var/lib/goalpost/artifacts or s3://bucket/prefix',
    'must be a URL like file:///folder or s3://bucket/prefix',
  ),
  GOALPOST_STATEMENT_TIMEOUT_MS: wholeNumber(1_000, 3_600_000).default(30_000),
  GOALPOST_SUITE_SALT: z.string().optional(),
  GOALPOST_CODE_REVISION: z.string().optional(),
  /** The names of the OpenTelemetry specification. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url(/^https?:$/, '', 'must be a URL like http://collector:4318').optional(),
  OTEL_EXPORTER_OTLP_HEADERS: otlpHeaders,
  GOALPOST_LOG_LEVEL: z.enum(logLevels, 'must be debug, info, warn, error or silent').default('info'),
}
export type SettingsLogLevel = (typeof logLevels)[number]

/** Where spans are sent; nowhere without an endpoint. */
export type TracingSettings = {
  readonly endpoint: string | null
  readonly headers: Readonly<Record<string, string>>
}

const tracing = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: commonSettings.OTEL_EXPORTER_OTLP_ENDPOINT,
  OTEL_EXPORTER_OTLP_HEADERS: commonSettings.OTEL_EXPORTER_OTLP_HEADERS,
})

export function tracingOf(given: z.infer<typeof tracing>): TracingSettings {
  return { endpoint: given.OTEL_EXPORTER_OTLP_ENDPOINT ?? null, headers: given.OTEL_EXPORTER_OTLP_HEADERS }
}

/** The same from the environment of a process that a worker has started, whose settings are checked. */
export function readTracing(environment: Readonly<Record<string, string | undefined>>): TracingSettings {
  // An empty variable counts as not set.
  const set = Object.entries(environment).filter(([, value]) => value !== '')
  return tracingOf(tracing.parse(Object.fromEntries(set)))
}
