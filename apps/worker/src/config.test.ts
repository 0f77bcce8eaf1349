import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const least = { DATABASE_URL: 'postgresql://me:secret@db:5432/goalpost', ARTIFACTS_URL: 'file:///var/lib/goalpost' }

describe('readConfig', () => {
  it('needs only the database and a place for artifacts', () => {
    expect(readConfig(least)).toEqual({
      databaseUrl: least.DATABASE_URL,
      redisUrl: null,
      artifactsUrl: least.ARTIFACTS_URL,
      queues: [{ device: 'cpu', slots: 1, shortSlots: 1 }],
      leaseMs: 15_000,
      statementTimeoutMs: 30_000,
      silenceMs: 600_000,
      preemptAfterMs: 60_000,
      lookAhead: 32,
      fileGraceMs: 86_400_000,
      health: null,
      logLevel: 'info',
      requiresSandbox: false,
      revision: null,
      salt: null,
      tracing: { endpoint: null, headers: {} },
      webhookAllow: [],
    })
  })

  it('uses set variables, and treats an empty one as not set', () => {
    const config = readConfig({
      ...least,
      REDIS_URL: 'rediss://cache:6379',
      GOALPOST_WORKER_CONCURRENCY: '8',
      GOALPOST_HEALTH_PORT: '9090',
      GOALPOST_LEASE_MS: '',
      GOALPOST_PREEMPT_AFTER_MS: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a,team=lab',
      GOALPOST_MODEL_SANDBOX: 'required',
      GOALPOST_SUITE_SALT: 'file:///run/salt',
      OTHER: 'ignored',
    })
    expect(config).toMatchObject({
      redisUrl: 'rediss://cache:6379',
      queues: [{ device: 'cpu', slots: 8, shortSlots: 1 }],
      leaseMs: 15_000,
      preemptAfterMs: null,
      requiresSandbox: true,
      salt: 'file:///run/salt',
      tracing: { endpoint: 'http://collector:4318', headers: { authorization: 'Bearer a', team: 'lab' } },
    })
    expect(config.health).toEqual({ host: '127.0.0.1', port: 9_090 })
  })

  it('does not start with an endpoint for models that cannot be one, and does not repeat a key', () => {
    const read = (text: string) => () => readConfig({ ...least, GOALPOST_MODEL_ENDPOINTS: text })
    expect(read('https://api.example.com/v1=A_KEY')).not.toThrow()
    expect(read('api.example.com')).toThrow(/GOALPOST_MODEL_ENDPOINTS.*is not an http or https address/)
    expect(read('https://api.example.com/v1=sk-live-0123')).toThrow(/must be names of variables/)
    expect(read('https://api.example.com/v1=sk-live-0123')).not.toThrow(/sk-live/)
  })

  it.each([
    ['gpu', [{ device: 'gpu', slots: 1, shortSlots: 1 }]],
    [
      'gpu,cpu',
      [
        { device: 'cpu', slots: 8, shortSlots: 1 },
        { device: 'gpu', slots: 1, shortSlots: 1 },
      ],
    ],
  ])('serves the queues %s, each with slots of its own', (named, queues) => {
    const config = readConfig({ ...least, GOALPOST_WORKER_CONCURRENCY: '8', GOALPOST_QUEUES: named })
    expect(config.queues).toEqual(queues)
  })

  it('names all missing variables on one line', () => {
    const refuse = () => readConfig({})
    expect(refuse).toThrow(/^DATABASE_URL is missing: .*; ARTIFACTS_URL is missing: [^\n]*$/)
  })

  it.each([
    ['DATABASE_URL', 'mysql://db/x'],
    ['REDIS_URL', 'localhost:6379'],
    ['ARTIFACTS_URL', '/var/lib'],
    ['GOALPOST_WORKER_CONCURRENCY', 'many'],
    ['GOALPOST_WORKER_CONCURRENCY', '0'],
    ['GOALPOST_WORKER_CONCURRENCY', '1e1'],
    ['GOALPOST_QUEUES', 'tpu'],
    ['GOALPOST_MODEL_SANDBOX', 'yes'],
    ['GOALPOST_GPU_CONCURRENCY', '0'],
    ['GOALPOST_LEASE_MS', '1.5'],
    ['GOALPOST_HEALTH_PORT', '70000'],
  ])('refuses %s=%s, naming the variable', (name, value) => {
    expect(() => readConfig({ ...least, [name]: value })).toThrow(new RegExp(`^${name} `))
  })

  it('reads the revision of the code for manifests, under its former name as well', () => {
    expect(readConfig({ ...least, GOALPOST_CODE_REVISION: 'abc' }).revision).toBe('abc')
    expect(readConfig({ ...least, GOALPOST_REVISION: 'abc' }).revision).toBe('abc')
  })

  it('does not show a password in its error', () => {
    const refuse = () => readConfig({ ...least, DATABASE_URL: 'mysql://me:hunter2@db/x' })
    expect(refuse).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }))
  })
})
