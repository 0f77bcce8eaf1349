import { fileURLToPath } from 'node:url'
import { engineBuilds, engineNames } from '@goalpost/engine/builds'
import { describe, expect, it } from 'vitest'
import { probeEngines } from './probe-engines.ts'

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const nervous = pathOf('../../test/nervous-probe.ts')

describe('probing the engines', () => {
  it('finds the engines of this machine, with a reason for each missing one', { timeout: 60_000 }, async () => {
    const answers = await probeEngines({ entry: pathOf('./probe.ts') })
    expect(answers.map(({ name }) => name)).toEqual([...engineNames])
    expect(answers.find(({ name }) => name === 'tfjs:wasm')).toEqual({
      name: 'tfjs:wasm',
      build: engineBuilds['tfjs:wasm'],
      device: 'cpu',
      threads: 1,
      missing: null,
      updateMs: null,
    })
    for (const { missing } of answers) expect(missing === null || missing.length > 10).toBe(true)
  })

  it('survives engines that crash or hang their process, and still finds the others', async () => {
    const answers = await probeEngines({ entry: nervous, timeoutMs: 6_000 })
    expect(answers.map(({ name }) => name)).toEqual([...engineNames])
    const missing = Object.fromEntries(answers.map(({ name, missing: why }) => [name, why]))
    expect(missing['onnx:webgpu']).toMatch(/crashed its process \(SIGSEGV\)/)
    expect(missing['onnx:cuda']).toMatch(/did not answer within 6 s/)
    expect(missing['onnx:cpu']).toBeNull()
    expect(missing['tfjs:cpu']).toBeNull()
  })

  it('reports all as missing if no process can be started', async () => {
    const answers = await probeEngines({ entry: pathOf('./no-such-file.ts') })
    expect(answers.every(({ missing }) => missing?.includes('crashed its process'))).toBe(true)
  })
})
