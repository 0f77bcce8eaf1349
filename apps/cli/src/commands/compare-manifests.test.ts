import type { Manifest } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { compareManifests } from './compare-manifests.ts'

const engine = {
  name: 'onnx:cuda',
  build: '1.30.0',
  threads: 1,
  device: 'gpu',
  provider: 'cuda',
  deviceName: 'NVIDIA H100',
} as const
const manifest: Manifest = {
  codeRevision: 'abc',
  packages: { x: '1.0.0', y: '1.0.0' },
  engine,
  node: 'v24.11.1',
  host: 'here',
  cpu: { model: 'Xeon', features: ['avx2', 'avx512f'] },
  wallMs: 10,
}

test('computations on equal machines do not differ, even if duration and host do', () => {
  expect(compareManifests(manifest, { ...manifest, host: 'there', wallMs: 99 })).toEqual([])
})

test('another processor is reported by model and by the features that only one has', () => {
  const after = { ...manifest, cpu: { model: 'EPYC', features: ['avx2', 'fma'] } }
  expect(compareManifests(manifest, after)).toEqual([
    { what: 'processor', before: 'Xeon', after: 'EPYC' },
    { what: 'processor features', before: 'avx512f', after: 'fma' },
  ])
})

test('another engine is reported by name, build, threads and card', () => {
  const after = { ...manifest, engine: { ...engine, build: '1.31.0', threads: 2, deviceName: 'NVIDIA A100' } }
  expect(compareManifests(manifest, after)).toEqual([
    { what: 'engine build', before: '1.30.0', after: '1.31.0' },
    { what: 'threads', before: '1', after: '2' },
    { what: 'device', before: 'gpu NVIDIA H100', after: 'gpu NVIDIA A100' },
  ])
  expect(compareManifests(manifest, { ...manifest, engine: null })[0]).toEqual({
    what: 'engine',
    before: 'onnx:cuda',
    after: 'none',
  })
})

test('packages with different versions are reported', () => {
  const after = { ...manifest, packages: { x: '1.0.0', y: '2.0.0' }, codeRevision: 'def' }
  expect(compareManifests(manifest, after)).toEqual([
    { what: 'packages', before: 'y 1.0.0', after: 'y 2.0.0' },
    { what: 'code', before: 'abc', after: 'def' },
  ])
})
