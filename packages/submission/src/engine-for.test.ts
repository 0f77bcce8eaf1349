import { describe, expect, test } from 'vitest'
import { engineFor } from './engine-for.ts'

describe('the engine for a spec', () => {
  test.each([
    [{ engine: 'tfjs:wasm', threads: 1 }, 'cpu'],
    [{ engine: 'onnx:cuda', threads: 1 }, 'gpu'],
    [{ engine: 'onnx:webgpu', threads: 1 }, 'gpu'],
    [{ engine: 'tfjs:webgpu', threads: 1 }, 'gpu'],
    [{ engine: 'tfjs:tensorflow', threads: 1 }, 'cpu'],
    [{ engine: 'tfjs:tensorflow', threads: 1, device: 'gpu' as const }, 'gpu'],
  ])('%j computes on a %s', (requested, device) => {
    expect(engineFor(requested)).toMatchObject({ name: requested.engine, device })
  })

  test('explains why an engine cannot use a device', () => {
    expect(() => engineFor({ engine: 'onnx:cuda', threads: 1, device: 'cpu' })).toThrow(
      expect.objectContaining({
        code: 'invalid-spec',
        issues: [
          expect.objectContaining({ pointer: '/resources/device', message: expect.stringContaining('not on cpu') }),
        ],
      }),
    )
    expect(() => engineFor({ engine: 'tfjs:wasm', threads: 1, device: 'gpu' })).toThrow(/runs on cpu, not on gpu/)
  })

  test('counts the threads actually used: others would make equal work look different', () => {
    expect(engineFor({ engine: 'tfjs:wasm', threads: 4 }).threads).toBe(1)
    expect(engineFor({ engine: 'onnx:cpu', threads: 4 }).threads).toBe(4)
  })
})
