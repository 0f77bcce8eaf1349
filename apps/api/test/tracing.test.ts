import type { ExperimentView } from '@goalpost/contracts'
import { createLogger, createTracer } from '@goalpost/telemetry'
import { startTraceCollector, type TraceCollector } from '@goalpost/testing'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { bearer, spec, startTestService, toyEngines, type TestService } from './harness.ts'
import { queuedJobs } from './play-worker.ts'

let service: TestService
let collector: TraceCollector
let api: Awaited<ReturnType<TestService['buildAnother']>>
let key: string
const lines: Record<string, unknown>[] = []

beforeAll(async () => {
  service = await startTestService()
  collector = await startTraceCollector()
  key = await service.createKey('lab', 'admin')
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }
  const tracing = { endpoint: collector.endpoint, headers: {}, onError: () => undefined }
  api = await service.buildAnother(
    {},
    { tracer: createTracer({ service: 'api', ...tracing }), logger: createLogger({ service: 'api', destination }) },
  )
})
afterAll(async () => {
  await api.close()
  await collector.close()
  await service.close()
})

const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`
const submit = (name: string, headers = {}) =>
  api.inject({
    method: 'POST',
    url: '/v1/experiments',
    headers: { ...bearer(key), ...headers },
    payload: { ...spec, name },
  })

it('a submission continues the client’s trace, and its tasks continue the span of the request', async () => {
  const submitted = await submit('traced', { traceparent })
  expect(submitted.statusCode).toBe(201)
  await vi.waitFor(() => expect(collector.spans).toHaveLength(1), { timeout: 5_000 })
  const [span] = collector.spans
  expect(span).toMatchObject({ name: 'POST /v1/experiments', traceId, parentSpanId: 'b7ad6b7169203331' })
  expect(span!.attributes).toMatchObject({ 'http.response.status_code': '201', 'http.route': '/v1/experiments' })
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'answered', traceId, status: 201 }))
  const [job] = await queuedJobs(service)
  const claimed = await service.store.ledger.claim(job!, { id: 'worker-1', leaseMs: 60_000, engines: toyEngines })
  expect(claimed).toMatchObject({ ok: true, trace: `00-${traceId}-${span!.spanId}-01` })
  await service.store.experiments.cancel(
    await service.store.workspaces.ensure('lab'),
    submitted.json<ExperimentView>().id,
  )
})

it('polls are not traced, unless their client traces them', async () => {
  const before = collector.spans.length
  await api.inject({ url: '/v1/experiments', headers: bearer(key) })
  await api.inject({ url: '/v1/runs', headers: { ...bearer(key), traceparent } })
  await vi.waitFor(() => expect(collector.spans.length).toBeGreaterThan(before), { timeout: 5_000 })
  expect(collector.spans.slice(before).map(({ name }) => name)).toEqual(['GET /v1/runs'])
})

it('a request without a trace starts one, and a faulty header counts as none', async () => {
  const before = collector.spans.length
  await submit('untraced', { traceparent: 'nonsense' })
  await vi.waitFor(() => expect(collector.spans.length).toBeGreaterThan(before), { timeout: 5_000 })
  const started = collector.spans.at(-1)!
  expect(started.parentSpanId).toBeUndefined()
  expect(started.traceId).not.toBe(traceId)
})
