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
  GOALPOST_SUITE_SALT: z.string().optional(),
  GOALPOST_CODE_REVISION: z.string().optional(),
  GOALPOST_LOG_LEVEL: z.enum(logLevels, 'must be debug, info, warn, error or silent').default('info'),
}
export type SettingsLogLevel = (typeof logLevels)[number]
