import type { Assignment } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { createManifests } from './manifest.ts'

const assignment = { resources: { engine: 'tfjs:wasm', threads: 1, device: 'cpu' } } as Assignment

describe('createManifests', () => {
  it('names code, engine, machine and time', () => {
    const manifest = createManifests('abc123')(assignment, 1_234.5)
    expect(manifest).toMatchObject({
      codeRevision: 'abc123',
      engine: 'tfjs:wasm',
      node: process.version,
      wallMs: 1_235,
    })
    expect(manifest.host).not.toBe('')
  })

  it('lists what computes with the versions that are installed, down to the tensor library', () => {
    const { packages } = createManifests(null)(assignment, 0)
    expect(packages).toMatchObject({ '@goalpost/protocols': '0.1.0', '@tensorflow/tfjs-core': '4.22.0' })
  })

  it('finds the commit of a working tree by itself', () => {
    expect(createManifests(null)(assignment, 0).codeRevision).toMatch(/^([0-9a-f]{40}|unknown)$/)
  })
})
