import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const minimal = { DATABASE_URL: 'postgresql://u:p@localhost:5432/goalpost', ARTIFACTS_URL: 'file:///var/lib/goalpost' }

function faultsOf(env: Record<string, string | undefined>): readonly string[] {
  const outcome = readConfig({ ...minimal, ...env })
  return outcome.ok ? [] : outcome.faults
}

test('two variables are enough, and the rest has defaults that are safe on a shared machine', () => {
  const outcome = readConfig(minimal)
  expect(outcome).toMatchObject({ ok: true, config: { host: '127.0.0.1', port: 4700, openMetrics: true } })
})

test('metrics need a key as soon as other machines can ask', () => {
  expect(readConfig({ ...minimal, HOST: '0.0.0.0' })).toMatchObject({ ok: true, config: { openMetrics: false } })
  expect(readConfig({ ...minimal, HOST: '0.0.0.0', GOALPOST_OPEN_METRICS: 'true' })).toMatchObject({
    config: { openMetrics: true },
  })
})

test('a salt is taken as it is given, and none is taken for none', () => {
  expect(readConfig({ ...minimal, GOALPOST_SUITE_SALT: 'file:///run/salt' })).toMatchObject({
    config: { salt: 'file:///run/salt' },
  })
  expect(readConfig({ ...minimal, GOALPOST_SUITE_SALT: '' })).toMatchObject({ config: { salt: null } })
})

test('a variable that is set to nothing counts as not set', () => {
  expect(readConfig({ ...minimal, PORT: '', GOALPOST_BOOTSTRAP_KEY: '' })).toMatchObject({
    ok: true,
    config: { port: 4700 },
  })
})

describe('every variable that is wrong is one line with its name', () => {
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
    [{ GOALPOST_LOG_LEVEL: 'loud' }, 'GOALPOST_LOG_LEVEL must be debug, info, warn, error or silent'],
  ])('%j', (env, fault) => expect(faultsOf(env)).toEqual([fault]))
  test('all of them at once', () => expect(faultsOf({ PORT: 'x', ARTIFACTS_URL: undefined })).toHaveLength(2))
  test('and none of them repeats a secret', () => {
    expect(faultsOf({ GOALPOST_BOOTSTRAP_KEY: 'hunter2' }).join()).not.toContain('hunter2')
  })
})
