import { expect, test } from 'vitest'
import { queueByEngine } from './queue-by-engine.ts'

const offer = { name: 'onnx:cpu', device: 'cpu' as const, workers: 2, slots: 4 }

test('what waits stands beside the workers that can run it', () => {
  const queue = [
    { engine: 'onnx:cpu', device: 'cpu' as const, state: 'queued' as const, tasks: 7 },
    { engine: 'onnx:cpu', device: 'cpu' as const, state: 'running' as const, tasks: 4 },
  ]
  expect(queueByEngine({ engines: [offer], queue })).toEqual([
    { engine: 'onnx:cpu', device: 'cpu', workers: 2, slots: 4, running: 4, queued: 7, ready: 0, blocked: 0 },
  ])
})

test('an engine that nobody offers has no worker; tasks without an engine need none', () => {
  const queue = ['onnx:cuda', 'none'].map((engine) => ({
    engine,
    device: 'gpu' as const,
    state: 'ready' as const,
    tasks: 1,
  }))
  expect(queueByEngine({ engines: [], queue }).map(({ engine, workers }) => [engine, workers])).toEqual([
    ['onnx:cuda', 0],
    ['none', null],
  ])
})
