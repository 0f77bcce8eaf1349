import {
  createEngine,
  detectEngines,
  readFloats,
  type Compiled,
  type Engine,
  type TensorFunction,
  type TensorSpecs,
} from '@goalpost/engine'
import { expect, test } from 'vitest'
import { trainCorridor } from '../../../test/train-corridor.ts'
import type { NetworkSpec } from '../../networks/network-spec.ts'

/**
 * Long trainings diverge between engines, as small differences in the last bits grow. Single updates must not: from
 * shared states, taken along a real training, each engine's next parameters are compared with tfjs:cpu's.
 */
type Update = { readonly fn: TensorFunction; readonly specs: TensorSpecs; readonly states: Arrays[] }
type Arrays = Record<string, Float32Array | Int32Array | Uint8Array>

/** The engine, but recording the inputs of every `period`-th update. */
function watch(engine: Engine, period: number, update: { current: Update | null }): Engine {
  return {
    ...engine,
    async compile(fn, specs) {
      const compiled = await engine.compile(fn, specs)
      if (!('advantages' in specs)) return compiled
      const states: Arrays[] = []
      update.current = { fn, specs, states }
      let runs = 0
      return {
        ...compiled,
        async run(inputs) {
          if (runs++ % period === 0) states.push(await copyOf(inputs))
          return compiled.run(inputs)
        },
      }
    },
  }
}

async function copyOf(inputs: Parameters<Compiled['run']>[0]): Promise<Arrays> {
  const copies = Object.entries(inputs).map(async ([name, given]): Promise<[string, Arrays[string]]> => [
    name,
    'spec' in given ? await given.data() : given.slice(),
  ])
  return Object.fromEntries(await Promise.all(copies))
}

async function nextParameters(engine: Engine, { fn, specs, states }: Update): Promise<Float32Array[]> {
  const compiled = await engine.compile(fn, specs)
  const results: Float32Array[] = []
  for (const state of states) results.push(await readFloats((await compiled.run(state)).parameters))
  engine.dispose()
  return results
}

const networks: readonly NetworkSpec[] = [
  { kind: 'mlp', hidden: [16], activation: 'relu', crop: 0 },
  { kind: 'conv', channels: [4], dense: 8, activation: 'relu', crop: 0 },
  { kind: 'lstm', trunk: { kind: 'mlp', hidden: [8], activation: 'relu', crop: 0 }, width: 8 },
]

const installed = (await detectEngines()).flatMap(({ name, missing }) => (missing === null ? [name] : []))

/**
 * Of a step of 1e-2: Adam divides small gradients by their own size, which makes the last bits of the smallest visible.
 */
const tolerance = 1e-3

test.each(networks)('$kind: updates from states of a real training are the same on every engine', async (network) => {
  const update: { current: Update | null } = { current: null }
  const trainer = await trainCorridor({
    network,
    options: { rolloutSteps: 4 },
    engine: watch(await createEngine('onnx:cpu'), 25, update),
  })
  for (let i = 0; i < 25; i++) await trainer.iterate()
  trainer.dispose()
  const watched = update.current
  if (watched === null) expect.fail('no update was compiled')
  expect(watched.states).toHaveLength(4)
  const expected = await nextParameters(await createEngine('tfjs:cpu'), watched)
  for (const name of installed) {
    const actual = await nextParameters(await createEngine(name), watched)
    actual.forEach((parameters, i) => {
      const furthest = parameters.reduce((most, value, j) => Math.max(most, Math.abs(value - expected[i][j])), 0)
      expect(furthest, `${name}, state ${i}`).toBeLessThan(tolerance)
    })
  }
})
