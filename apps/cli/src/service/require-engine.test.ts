import { expect, test } from 'vitest'
import { requireEngine } from './require-engine.ts'

const context = { now: () => 0, interrupted: new AbortController().signal }

/** A service whose workers announce one engine after a moment, and whose preview may have a warning. */
function serviceWith(warning: string | null) {
  let asked = 0
  return {
    workers: async () => ({
      workers: 1,
      starting: asked++ === 0 ? 1 : 0,
      engines: asked > 1 ? [{ name: 'tfjs:wasm' }] : [],
    }),
    preview: async () => ({ warnings: warning === null ? [] : [{ condition: null, message: warning }] }),
  }
}

function specFor(engine?: string) {
  const spec = { apiVersion: 'goalpost/v1' as const, protocol: 'any', name: 'x', seeds: 1, resources: { engine } }
  return { path: 'x.yaml', text: '', spec }
}

const waiting = 'waiting for a worker with onnx:cuda on a GPU; none is running'

test('an engine that no worker here will ever have is refused as unavailable, with the available ones', async () => {
  await expect(requireEngine(context, serviceWith(waiting), specFor('onnx:cuda'))).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/onnx:cuda.*one of tfjs:wasm.*npx goalpost doctor/),
  })
})

test('an available engine, the default one, and a spec that needs none are accepted', async () => {
  await requireEngine(context, serviceWith('tfjs:wasm is slow here'), specFor('tfjs:wasm'))
  await requireEngine(context, serviceWith('auto is slow here'), specFor('auto'))
  await requireEngine(context, serviceWith(null), specFor('onnx:cuda'))
})
