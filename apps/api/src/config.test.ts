import { errorMessage } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const minimal = { DATABASE_URL: 'postgresql://u:p@localhost:5432/goalpost', ARTIFACTS_URL: 'file:///var/lib/goalpost' }

function faultsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig({ ...minimal, ...env })
    return []
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid-request' })
    return errorMessage(error).split('; ')
  }
}

test('two variables are enough, and the others have defaults that are safe on a shared machine', () => {
  expect(readConfig(minimal)).toMatchObject({ host: '127.0.0.1', port: 4700, openMetrics: true })
})

test('metrics need a key if other machines can request them', () => {
  expect(readConfig({ ...minimal, HOST: '0.0.0.0' })).toMatchObject({ openMetrics: false })
  expect(readConfig({ ...minimal, HOST: '0.0.0.0', GOALPOST_OPEN_METRICS: 'true' })).toMatchObject({
    openMetrics: true,
  })
})

test('a salt is used as given, and an empty one counts as none', () => {
  expect(readConfig({ ...minimal, GOALPOST_SUITE_SALT: 'file:///run/salt' })).toMatchObject({
    salt: 'file:///run/salt',
  })
  expect(readConfig({ ...minimal, GOALPOST_SUITE_SALT: '' })).toMatchObject({ salt: null })
})

test('sign-in with an account elsewhere is set up completely, or not at all', () => {
  expect(readConfig(minimal)).toMatchObject({ oidc: null })
  const issuer = { GOALPOST_OIDC_ISSUER: 'https://id.example.org', GOALPOST_OIDC_CLIENT_ID: 'goalpost' }
  expect(faultsOf(issuer)).toEqual([expect.stringContaining('GOALPOST_PUBLIC_URL') as string])
  expect(readConfig({ ...minimal, ...issuer, GOALPOST_PUBLIC_URL: 'https://lab.example.org/goalpost/' })).toMatchObject(
    {
      oidc: { clientSecret: null, name: 'single sign-on', publicUrl: 'https://lab.example.org/goalpost' },
    },
  )
})

test('the issuer keeps a slash at its end, as providers compare it character by character', () => {
  const issuer = 'https://id.example.org/application/o/goalpost/'
  const variables = {
    GOALPOST_OIDC_ISSUER: issuer,
    GOALPOST_OIDC_CLIENT_ID: 'x',
    GOALPOST_PUBLIC_URL: 'https://lab.org',
  }
  expect(readConfig({ ...minimal, ...variables })).toMatchObject({ oidc: { issuer } })
  expect(faultsOf({ ...variables, GOALPOST_OIDC_ISSUER: 'id.example.org' })).toHaveLength(1)
})

test('no reverse proxy is trusted unless it is named', () => {
  expect(readConfig(minimal)).toMatchObject({ trustedProxies: [], requestsPerMinuteOfAddress: 3_000 })
  expect(faultsOf({ GOALPOST_TRUSTED_PROXIES: 'the gateway' })).toHaveLength(1)
})

test('an empty variable counts as not set', () => {
  expect(readConfig({ ...minimal, PORT: '', GOALPOST_BOOTSTRAP_KEY: '' })).toMatchObject({ port: 4700 })
})

test('durations are in milliseconds, under the former names in seconds', () => {
  const now = { ...minimal, GOALPOST_DATABASE_WAIT_MS: '1500', GOALPOST_COMPUTE_TIME_LIMIT_MS: '2500' }
  expect(readConfig(now)).toMatchObject({ databaseWaitMs: 1_500, computeTimeLimitMs: 2_500 })
  const former = { ...minimal, GOALPOST_DATABASE_WAIT: '2', GOALPOST_COMPUTE_TIME_LIMIT: '3' }
  expect(readConfig(former)).toMatchObject({ databaseWaitMs: 2_000, computeTimeLimitMs: 3_000 })
})

test('the code revision is read under its current and its former name', () => {
  expect(readConfig({ ...minimal, GOALPOST_CODE_REVISION: 'abc' }).codeRevision).toBe('abc')
  expect(readConfig({ ...minimal, GOALPOST_REVISION: 'abc' }).codeRevision).toBe('abc')
  expect(readConfig(minimal).codeRevision).toBe('unknown')
})

describe('every wrong variable is named with its valid values', () => {
  test.each([
    [{ DATABASE_URL: undefined }, 'DATABASE_URL is missing: the URL of a PostgreSQL database'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be a URL like postgresql://user:password@host:5432/database'],
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '1e3' }, 'PORT must be a whole number from 0 to 65535'],
    [
      { GOALPOST_BOOTSTRAP_KEY: 'secret' },
      'GOALPOST_BOOTSTRAP_KEY must be `gp_` and 32 to 190 letters, digits, `_` or `-`',
    ],
    [{ GOALPOST_OPEN_METRICS: 'yes' }, 'GOALPOST_OPEN_METRICS must be true or false'],
    [
      { GOALPOST_METRICS_TOKEN: 'short' },
      'GOALPOST_METRICS_TOKEN must be 32 to 200 letters, digits or characters of `-._~+/=`',
    ],
    [{ GOALPOST_LOG_LEVEL: 'loud' }, 'GOALPOST_LOG_LEVEL must be debug, info, warn, error or silent'],
  ])('%j', (env, fault) => expect(faultsOf(env)).toEqual([fault]))
  test('all at once', () => expect(faultsOf({ PORT: 'x', ARTIFACTS_URL: undefined })).toHaveLength(2))
  test('and no error repeats a secret', () => {
    expect(faultsOf({ GOALPOST_BOOTSTRAP_KEY: 'hunter2' }).join()).not.toContain('hunter2')
  })
})

test('origins of other sites are separated by commas, and are nothing but origins', () => {
  expect(readConfig(minimal)).toMatchObject({ corsOrigins: [] })
  const origins = 'https://lab.example.org, http://localhost:5173'
  expect(readConfig({ ...minimal, GOALPOST_CORS_ORIGINS: origins })).toMatchObject({
    corsOrigins: ['https://lab.example.org', 'http://localhost:5173'],
  })
  for (const wrong of ['*', 'https://lab.example.org/', 'lab.example.org'])
    expect(faultsOf({ GOALPOST_CORS_ORIGINS: wrong }).join(), wrong).toContain('must be origins')
})
