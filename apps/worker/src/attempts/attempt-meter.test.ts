import { createMetrics } from '@goalpost/telemetry'
import { expect, it } from 'vitest'
import { createAttemptMeter } from './attempt-meter.ts'

async function workDone(resumed: boolean, reports: readonly number[], withResult: boolean): Promise<number> {
  const metrics = createMetrics({ service: 'worker' })
  const meter = createAttemptMeter(metrics, { kind: 'train', resume: resumed ? { step: 400, parts: [] } : null })
  for (const done of reports) meter.progressed({ done, total: 1_000, unit: 'steps' })
  meter.ended(withResult)
  meter.stored()
  const { values } = await metrics.workDone.get()
  return values.find(({ labels }) => labels.kind === 'train' && labels.unit === 'steps')?.value ?? 0
}

it('counts what was done since the last report, and at the end the rest', async () => {
  expect(await workDone(false, [100, 300], false)).toBe(300)
  expect(await workDone(false, [100, 300], true)).toBe(1_000)
})

it('does not count again what an earlier attempt has done', async () => {
  expect(await workDone(true, [500, 700], false)).toBe(200)
})

it('counts nothing back when a report is lower than the one before', async () => {
  expect(await workDone(false, [500, 200, 600], false)).toBe(900)
})

it('measures the time in the trainer and the time until the end is stored', async () => {
  const metrics = createMetrics({ service: 'worker' })
  const meter = createAttemptMeter(metrics, { kind: 'train', resume: null })
  meter.ended(false)
  meter.stored()
  const { values } = await metrics.stageDuration.get()
  const counts = values.filter(({ metricName }) => metricName?.endsWith('_count'))
  expect(counts.map(({ labels, value }) => [labels.stage, value])).toEqual([
    ['running', 1],
    ['storing', 1],
  ])
})
