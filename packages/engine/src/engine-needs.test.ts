import { describe, expect, test } from 'vitest'
import { devicesOf, effectiveThreads, engineNames } from './builds.ts'

describe('the needs of an engine', () => {
  test('are a GPU for some, either device for TensorFlow, and a processor for the others', () => {
    const gpuOnly = engineNames.filter((name) => !devicesOf(name).includes('cpu'))
    expect(gpuOnly.toSorted()).toEqual(['onnx:cuda', 'onnx:webgpu', 'tfjs:webgpu'])
    expect(engineNames.filter((name) => devicesOf(name).length === 2)).toEqual(['tfjs:tensorflow'])
    expect(devicesOf('tfjs:tensorflow')[0]).toBe('cpu')
  })

  test('are the requested threads, or one if it supports only one', () => {
    const single = engineNames.filter((name) => effectiveThreads(name, 4) === 1)
    expect(single.toSorted()).toEqual(['tfjs:cpu', 'tfjs:wasm', 'tfjs:webgpu'])
    for (const name of engineNames) expect(effectiveThreads(name, 1)).toBe(1)
  })
})
