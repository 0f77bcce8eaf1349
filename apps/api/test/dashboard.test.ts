import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Api } from '../src/server/route-schemas.ts'
import { startTestService, type TestService } from './harness.ts'

const page = '<!doctype html><title>Goalpost</title>'
const script = 'console.log("dashboard")\n'.repeat(100)
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-encoding': 'gzip, br' }

let folder: string
let service: TestService
let api: Api

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'goalpost-dashboard-'))
  await mkdir(path.join(folder, 'assets'))
  await writeFile(path.join(folder, 'index.html'), page)
  await writeFile(path.join(folder, 'assets', 'main-abc.js'), script)
  await writeFile(path.join(folder, 'assets', 'main-abc.js.br'), brotliCompressSync(script))
  service = await startTestService()
  api = await service.buildAnother({ dashboardFolder: folder })
})
afterAll(async () => {
  await api.close()
  await service.close()
  await rm(folder, { recursive: true })
})

test.each(['/', '/sign-in', '/experiments/1/replay?step=3'])(
  'a browser gets the dashboard at %s, and never from a cache',
  async (url) => {
    const { statusCode, headers, body } = await api.inject({ url, headers: browser })
    expect([statusCode, body, headers['cache-control']]).toEqual([200, page, 'no-store'])
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
  },
)

test('the page allows no inline scripts or styles, and nothing of other sites', async () => {
  const { headers } = await api.inject({ url: '/', headers: browser })
  const policy = String(headers['content-security-policy'])
  expect(policy).toMatch(/default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'/)
  expect(policy).not.toMatch(/unsafe|https:|\*/)
})

test('its files are compressed, and kept by clients for ever', async () => {
  const response = await api.inject({ url: '/assets/main-abc.js', headers: browser })
  expect(response.headers['content-encoding']).toBe('br')
  expect(response.rawPayload.equals(brotliCompressSync(script))).toBe(true)
  expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const plain = await api.inject({ url: '/assets/main-abc.js' })
  expect([plain.body, plain.headers['content-encoding']]).toEqual([script, undefined])
})

test.each(['/assets/missing.js', '/assets/..%2Findex.html', '/v1/nothing'])(
  '%s is not found, and is no page',
  async (url) => {
    const { statusCode, body } = await api.inject({ url, headers: browser })
    expect([statusCode, body.includes(page)]).toEqual([404, false])
  },
)

test('programs get a problem at the root, as at every unknown address', async () => {
  const { statusCode, headers } = await api.inject({ url: '/', headers: { accept: '*/*' } })
  expect([statusCode, headers['content-type'], headers.vary]).toEqual([404, 'application/problem+json', 'accept'])
})

test('without a build, browsers read how to make one', async () => {
  const { statusCode, body } = await service.api.inject({ url: '/', headers: browser })
  expect(statusCode).toBe(200)
  expect(body).toContain('npm run build -w @goalpost/dashboard')
})
