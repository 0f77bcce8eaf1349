import { manifest as manifestSchema } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { codeRevisionOf, createManifests } from './manifest.ts'

const used = { name: 'onnx:cuda', build: '1.30.0', threads: 2, device: 'gpu' } as const
const card = { name: 'onnx:cuda', build: '1.30.0', device: 'gpu', deviceName: 'NVIDIA H100' } as const

describe('createManifests', () => {
  it('names code, machine and time', () => {
    const manifest = createManifests('abc123', [])(null, 1_234.5)
    expect(manifest).toMatchObject({ codeRevision: 'abc123', engine: null, node: process.version, wallMs: 1_235 })
    expect(manifest.host).not.toBe('')
    expect(manifestSchema.parse(manifest)).toEqual(manifest)
  })

  it('names the engine that was used, its kernels’ provider, and the hardware', () => {
    const describeUse = createManifests('abc123', [card])
    expect(describeUse(used, 0).engine).toEqual({ ...used, provider: 'cuda', deviceName: 'NVIDIA H100' })
    expect(describeUse({ ...used, name: 'onnx:webgpu' }, 0).engine).toMatchObject({
      provider: 'webgpu',
      deviceName: null,
    })
  })

  it('lists the computing packages with installed versions, including the tensor library', () => {
    const { packages } = createManifests('abc123', [])(null, 0)
    expect(packages).toMatchObject({ '@goalpost/protocols': '0.1.0', '@tensorflow/tfjs-core': '4.22.0' })
  })
})

it('the commit of a working tree is found if none was configured', () => {
  expect(codeRevisionOf(null)).toMatch(/^([0-9a-f]{40}|unknown)$/)
  expect(codeRevisionOf('abc123')).toBe('abc123')
})
