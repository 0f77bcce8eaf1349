import { createMetrics } from '@goalpost/telemetry'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHealthServer } from './health-server.ts'
import type { HealthServer } from './health-server.ts'

describe('startHealthServer', () => {
  let ready: boolean
  let server: HealthServer
  const options = () => ({
    host: '127.0.0.1',
    port: 0,
    isReady: () => ready,
    metrics: createMetrics({ service: 'worker' }).registry,
  })
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`)
  beforeEach(async () => {
    ready = true
    server = await startHealthServer(options())
  })
  afterEach(() => server.close())

  it('is alive whether or not it is ready', async () => {
    ready = false
    expect((await get('/healthz')).status).toBe(200)
  })

  it('is ready only while database and queue answer', async () => {
    expect((await get('/readyz')).status).toBe(200)
    ready = false
    expect((await get('/readyz')).status).toBe(503)
  })

  it('serves metrics to Prometheus', async () => {
    const response = await get('/metrics')
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toContain('# TYPE goalpost_task_attempts_total counter')
  })

  it('has no other page', async () => {
    expect((await get('/')).status).toBe(404)
  })

  it('refuses a port that is taken', async () => {
    await expect(startHealthServer({ ...options(), port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
