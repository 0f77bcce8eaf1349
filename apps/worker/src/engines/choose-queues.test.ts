import { describe, expect, it } from 'vitest'
import { chooseQueues } from './choose-queues.ts'

const cpu = { device: 'cpu', slots: 4 } as const
const gpu = { device: 'gpu', slots: 1 } as const
const engine = (name: string, device: 'cpu' | 'gpu') => ({ name, device, build: '1', deviceName: null })
const absent = { name: 'onnx:cuda', device: 'gpu', build: '1', threads: 1, missing: 'no card', updateMs: null } as const

describe('the queues of a worker', () => {
  it('are the configured ones', () => {
    const detected = { usable: [engine('onnx:cpu', 'cpu'), engine('onnx:cuda', 'gpu')], missing: [] }
    expect(chooseQueues([cpu], detected)).toEqual([cpu])
    expect(chooseQueues([gpu], detected)).toEqual([gpu])
    expect(chooseQueues([cpu, gpu], detected)).toEqual([cpu, gpu])
  })

  it('exclude the GPU queue without an engine for it', () => {
    expect(chooseQueues([cpu, gpu], { usable: [engine('onnx:cpu', 'cpu')], missing: [absent] })).toEqual([cpu])
  })

  it('must not be empty', () => {
    const detected = { usable: [engine('onnx:cpu', 'cpu')], missing: [absent] }
    expect(() => chooseQueues([gpu], detected)).toThrow(
      expect.objectContaining({ code: 'engine-unavailable', message: expect.stringContaining('no card') }),
    )
  })
})
