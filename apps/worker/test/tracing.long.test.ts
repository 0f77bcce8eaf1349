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

const patience = { timeout: 90_000, interval: 30 }
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const quick = { updates: 4, updateMs: 1, checkpointEvery: 2 }

it('a trace goes from the request through the queue and the worker to the trainer, and into all their logs', async () => {
  // Those of an earlier try.
  collector.spans.splice(0)
  const untraced = await laboratory.submit(quick)
  const traced = await laboratory.submit(quick, [1], 'tfjs:wasm', `00-${traceId}-00f067aa0ba902b7-01`)
  const worker = laboratory.startWorker({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint })
  for (const experiment of [untraced, traced])
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
  const named = (name: string) => collector.spans.filter((span) => span.name === name)
  const [train] = named('task train')
  const [execute] = named('execute train')
  // Of two experiments with such a task: the other has no trace.
  expect([named('task train').length, named('execute train').length]).toEqual([1, 1])
  expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]))
  expect(train!.parentSpanId).toBe('00f067aa0ba902b7')
  expect(execute!.parentSpanId).toBe(train!.spanId)
  expect(train!.attributes).toMatchObject({ 'goalpost.outcome': 'succeeded', 'goalpost.attempt': '1' })
  const claimed = worker
    .output()
    .split('\n')
    .filter((line) => line.includes('"claimed"') && line.includes(`"traceId":"${traceId}"`))
  expect(claimed).toHaveLength(2)
  const ownTasks = (await traced.view()).runs.flatMap(({ tasks }) => tasks.map(({ id }) => id))
  expect(ownTasks.filter((id) => claimed.some((line) => line.includes(`"taskId":"${id}"`)))).not.toEqual([])
  const [first] = await traced.logs()
  expect(first!.message).toMatch(new RegExp(`^Started: train.*, trace ${traceId}$`))
  const [other] = await untraced.logs()
  expect(other!.message).not.toContain('trace')
}, 300_000)
