import type { WorkerView } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { canRun, enginesOnOffer, explainWait } from './fleet.ts'

type Capable = Pick<WorkerView, 'queues' | 'engines'>
const engine = (name: string, device: 'cpu' | 'gpu') => ({ name, device, build: '1', deviceName: null })
const both = [engine('onnx:cpu', 'cpu'), engine('onnx:cuda', 'gpu')]

const cpuWorker: Capable = { queues: [{ device: 'cpu', slots: 4 }], engines: [engine('onnx:cpu', 'cpu')] }
const gpuWorker: Capable = { queues: [{ device: 'gpu', slots: 1 }], engines: both }
const starting: Capable = { queues: [{ device: 'cpu', slots: 4 }], engines: null }

const onCuda = { engine: 'onnx:cuda', device: 'gpu' } as const
const onCpu = { engine: 'onnx:cpu', device: 'cpu' } as const
const withoutEngine = { engine: 'none', device: 'cpu' } as const

describe('a worker', () => {
  it('runs tasks whose engine and device it has and whose queue it serves', () => {
    expect(canRun(cpuWorker, onCpu)).toBe(true)
    expect(canRun(cpuWorker, onCuda)).toBe(false)
    expect(canRun(gpuWorker, onCuda)).toBe(true)
    expect(canRun(gpuWorker, onCpu)).toBe(false)
    expect(canRun({ ...gpuWorker, queues: [...gpuWorker.queues, ...cpuWorker.queues] }, onCpu)).toBe(true)
    expect(canRun(cpuWorker, { engine: 'onnx:cpu', device: 'gpu' })).toBe(false)
  })

  it('needs no engine for tasks without tensors', () => {
    expect(canRun(starting, withoutEngine)).toBe(true)
    expect(canRun(gpuWorker, withoutEngine)).toBe(false)
  })
})

describe('all workers together', () => {
  it('offer their engines for the queues that they serve, with the slots of all', () => {
    expect(enginesOnOffer([cpuWorker, cpuWorker, gpuWorker, starting])).toEqual([
      { name: 'onnx:cpu', device: 'cpu', workers: 2, slots: 8 },
      { name: 'onnx:cuda', device: 'gpu', workers: 1, slots: 1 },
    ])
  })

  it('give a reason for every wait', () => {
    expect(explainWait([cpuWorker, gpuWorker], onCuda)).toBeNull()
    expect(explainWait([cpuWorker], onCuda)).toBe('waiting for a worker with onnx:cuda on a GPU; none is running')
    expect(explainWait([gpuWorker], onCpu)).toBe('waiting for a worker with onnx:cpu; none is running')
    expect(explainWait([gpuWorker], withoutEngine)).toBe(
      'waiting for a worker that serves the cpu queue; none is running',
    )
    expect(explainWait([], onCpu)).toBe('waiting for a worker; none is running')
  })

  it('may still have an engine while one of them does not know its engines yet', () => {
    expect(explainWait([cpuWorker, starting], onCuda)).toBeNull()
  })
})
