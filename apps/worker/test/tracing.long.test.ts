import { startTraceCollector, type TraceCollector } from '@goalpost/testing'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { openLaboratory, type Laboratory } from './laboratory.ts'

let laboratory: Laboratory
let collector: TraceCollector
beforeAll(async () => {
  laboratory = await openLaboratory()
  collector = await startTraceCollector()
})
afterEach(() => laboratory.stopWorkers())
afterAll(async () => {
  await collector.close()
  await laboratory.close()
})

const patience = { timeout: 45_000, interval: 30 }
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const quick = { updates: 4, updateMs: 1, checkpointEvery: 2 }

it('a trace goes from the request through the queue and the worker to the trainer, and into all their logs', async () => {
  const experiment = await laboratory.submit(quick, [1], 'tfjs:wasm', `00-${traceId}-00f067aa0ba902b7-01`)
  const worker = laboratory.startWorker({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint })
  await vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)
  const names = () => new Set(collector.spans.map(({ service, name }) => `${service} ${name}`))
  await vi.waitFor(
    () =>
      expect([...names()].toSorted()).toEqual([
        'goalpost-trainer execute analyse',
        'goalpost-trainer execute train',
        'goalpost-worker queued',
        'goalpost-worker task analyse',
        'goalpost-worker task train',
      ]),
    patience,
  )
  expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]))
  const find = (name: string) => collector.spans.find((span) => span.name === name)!
  expect(find('task train').parentSpanId).toBe('00f067aa0ba902b7')
  expect(find('execute train').parentSpanId).toBe(find('task train').spanId)
  expect(find('task train').attributes).toMatchObject({ 'goalpost.outcome': 'succeeded', 'goalpost.attempt': '1' })
  const claimed = worker
    .output()
    .split('\n')
    .find((line) => line.includes('"claimed"'))
  expect(claimed).toContain(`"traceId":"${traceId}"`)
  const logged = await experiment.logs()
  expect(logged[0]!.message).toMatch(new RegExp(`^Started: train.*, trace ${traceId}$`))
})

it('an experiment without a trace makes no spans', async () => {
  const before = collector.spans.length
  const experiment = await laboratory.submit(quick)
  const worker = laboratory.startWorker({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint })
  await vi.waitFor(async () => expect((await experiment.view()).state).toBe('succeeded'), patience)
  worker.signal('SIGTERM')
  await worker.ended
  expect(collector.spans.length).toBe(before)
})
