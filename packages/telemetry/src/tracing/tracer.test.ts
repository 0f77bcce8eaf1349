import { startTraceCollector, type TraceCollector } from '@goalpost/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseTraceparent } from './trace-context.ts'
import { createTracer, noTracer } from './tracer.ts'

let collector: TraceCollector
let errors: unknown[]
beforeEach(async () => {
  collector = await startTraceCollector()
  errors = []
})
afterEach(() => collector.close())

const start = (headers = {}) =>
  createTracer({ service: 'api', endpoint: collector.endpoint, headers, onError: (error) => void errors.push(error) })

/** The example of the recommendation. */
const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

describe('a traceparent header', () => {
  it('of the recommendation’s example is read, also of a later version with more fields', () => {
    const expected = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', sampled: true }
    expect(parseTraceparent(given)).toEqual(expected)
    expect(parseTraceparent(`cc${given.slice(2)}-what-the-future-holds`)).toEqual(expected)
  })

  it.each([
    undefined,
    '',
    given.toUpperCase(),
    given.slice(1),
    `ff${given.slice(2)}`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
  ])('%j counts as none', (header) => {
    expect(parseTraceparent(header)).toBeNull()
  })
})

describe('spans', () => {
  it('reach the collector with their trace, parent, times, attributes and failure', async () => {
    const tracer = start({ authorization: 'Bearer secret' })
    const parent = tracer.start('POST /v1/experiments', { parent: given, kind: 'server' })!
    const child = tracer.start('task train', { parent: parent.traceparent, startedAt: 1_700_000_000_000.25 })!
    child.end({ attributes: { 'goalpost.attempt': 2, share: 0.5, resumed: true }, failure: 'lost' })
    child.end({ failure: 'a second end' })
    parent.end()
    await tracer.close()
    const [task, request] = collector.spans
    expect(collector.spans).toHaveLength(2)
    expect(request).toMatchObject({
      service: 'goalpost-api',
      name: 'POST /v1/experiments',
      kind: 2,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
      status: {},
    })
    expect(task).toMatchObject({
      traceId: request!.traceId,
      parentSpanId: request!.spanId,
      kind: 1,
      startTimeUnixNano: '1700000000000250000',
      attributes: { 'goalpost.attempt': '2', share: 0.5, resumed: true },
      status: { code: 2, message: 'lost' },
    })
    expect(BigInt(task!.endTimeUnixNano)).toBeGreaterThan(BigInt(task!.startTimeUnixNano))
    expect(collector.headers()).toMatchObject({ authorization: 'Bearer secret' })
  })

  it('are sent within seconds without a close', async () => {
    start().start('alone')!.end()
    await vi.waitFor(() => expect(collector.spans.map(({ name }) => name)).toEqual(['alone']), { timeout: 5_000 })
    expect(collector.spans[0]!.parentSpanId).toBeUndefined()
  })

  it('of a trace that is not sampled are none', async () => {
    const tracer = start()
    expect(tracer.start('quiet', { parent: `${given.slice(0, -2)}00` })).toBeNull()
    await tracer.close()
    expect(collector.spans).toEqual([])
  })

  it('that no collector takes are dropped, with one error for consecutive failures', async () => {
    const tracer = start()
    collector.refuse(503)
    for (let round = 0; round < 3; round++) {
      tracer.start('lost')!.end()
      await tracer.close()
    }
    expect(errors.map(String)).toEqual(['Error: The collector of traces answered 503'])
    collector.refuse(200)
    tracer.start('kept')!.end()
    await tracer.close()
    expect(collector.spans.map(({ name }) => name)).toEqual(['kept'])
  })

  it('are many thousands at most while there is no collector', async () => {
    const tracer = start()
    for (let number = 0; number < 5_000; number++) tracer.start(`${number}`)!.end()
    await tracer.close()
    expect(collector.spans).toHaveLength(4_096)
    expect(collector.spans.at(-1)?.name).toBe('4999')
  })
})

describe('a collector that hangs', () => {
  it('does not keep a process from ending', async () => {
    const tracer = start()
    collector.hang()
    for (let number = 0; number < 3_000; number++) tracer.start(`${number}`)!.end()
    const begun = performance.now()
    await tracer.close()
    expect(performance.now() - begun).toBeLessThan(4_500)
  })

  it('lets no more spans wait than one that is away', async () => {
    const tracer = start()
    const answer = collector.hang()
    for (const _ of [1, 2]) {
      for (let number = 0; number < 4_096; number++) tracer.start(`${number}`)!.end()
      // Beyond the pause between two batches.
      await new Promise((resolve) => setTimeout(resolve, 1_200))
    }
    answer()
    await tracer.close()
    expect(collector.spans.length).toBeGreaterThan(4_000)
    expect(collector.spans.length).toBeLessThanOrEqual(4_096 + 512)
  })
})

it('without an endpoint nothing is traced', async () => {
  const tracer = createTracer({ service: 'api', endpoint: null, headers: {}, onError: () => undefined })
  expect(tracer).toBe(noTracer)
  expect(tracer.start('anything', { parent: given })).toBeNull()
  await tracer.close()
})
