import util from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { engineBuilds } from './builds.ts'
import { createEngine, detectEngines } from './create-engine.ts'
import { resolveEngine, type EngineName } from './engine-name.ts'
import type { TensorFunction } from './engine.ts'
import { installedVersion } from './installed-version.ts'
import { restoreUtilPredicates } from './tfjs/tensorflow.ts'

/** The engines of this machine: TensorFlow's is an optional peer. */
const installed = (await detectEngines()).flatMap(({ name, missing }) => (missing === null ? [name] : []))

const affine: TensorFunction = ({ x, weight }) => ({ y: tf.add(tf.matMul(x, weight), 1) })
const affineSpecs = {
  x: { shape: [2, 3], type: 'float32' },
  weight: { shape: [3, 1], type: 'float32' },
} as const

test.each<[EngineName, string]>([
  ['tfjs:wasm', '@tensorflow/tfjs-backend-wasm'],
  ['tfjs:cpu', '@tensorflow/tfjs-backend-cpu'],
  ['onnx:cpu', 'onnxruntime-node'],
])('the build of %s that planners see is the installed one', async (name, packageName) => {
  const version = installedVersion(packageName)
  expect(engineBuilds[name]).toBe(version)
  expect((await createEngine(name)).info).toEqual({ name, build: version, threads: 1, device: 'cpu' })
})

test('auto is ONNX Runtime if it has a library for the platform; a name is not changed', () => {
  expect(resolveEngine('auto')).toBe('onnx:cpu')
  expect(resolveEngine('tfjs:cpu')).toBe('tfjs:cpu')
})

test.each(installed)('%s runs a compiled function on arrays and on its own tensors', async (name) => {
  const engine = await createEngine(name)
  const compiled = await engine.compile(affine, affineSpecs)
  const weight = engine.tensor(Float32Array.of(1, 10, 100), affineSpecs.weight)
  for (let i = 0; i < 2; i++) {
    const { y } = await compiled.run({ x: Float32Array.of(1, 2, 3, 4, 5, 6), weight })
    expect(y.spec).toEqual({ shape: [2, 1], type: 'float32' })
    expect(Array.from(await y.data())).toEqual([322, 655])
    y.dispose()
  }
})

test.each(installed)('%s accepts its own outputs as inputs, wherever they are stored, and reads them', async (name) => {
  const engine = await createEngine(name)
  const spec = { shape: [100, 100], type: 'float32' } as const
  const increment = await engine.compile(({ x }) => ({ x: tf.add(x, 1), sum: tf.sum(x) }), { x: spec })
  let x = engine.tensor(new Float32Array(10_000), spec)
  for (let i = 0; i < 3; i++) {
    const next = await increment.run({ x })
    expect(Array.from(await next['sum'].data())).toEqual([i * 10_000])
    next['sum'].dispose()
    x.dispose()
    x = next['x']
  }
  expect(new Set(await x.data())).toEqual(new Set([3]))
  engine.dispose()
})

test.each(installed)('%s computes values of fixed inputs once, and the others for each run', async (name) => {
  const engine = await createEngine(name)
  const specs = { ...affineSpecs, weight: { shape: [1, 3], type: 'float32' } } as const
  const compiled = await engine.compile(({ x, weight }) => {
    const column = tf.transpose(tf.mul(weight, 2))
    return { y: tf.matMul(x, column), column, weight }
  }, specs)
  const weight = engine.tensor(Float32Array.of(1, 10, 100), specs.weight)
  const bound = await compiled.bind({ weight })
  weight.dispose()
  for (const first of [1, 2]) {
    const outputs = await bound.run({ x: Float32Array.of(first, 0, 0, 0, 0, 1) })
    expect(Array.from(await outputs['y'].data())).toEqual([2 * first, 200])
    expect(Array.from(await outputs['column'].data())).toEqual([2, 20, 200])
    expect(Array.from(await outputs['weight'].data())).toEqual([1, 10, 100])
    for (const output of Object.values(outputs)) output.dispose()
  }
  await expect(bound.run({})).rejects.toThrow('input x is missing')
  bound.dispose()
  compiled.dispose()
})

test.each(installed)("%s does not change JavaScript's own arithmetic", async (name) => {
  const engine = await createEngine(name)
  const compiled = await engine.compile(affine, affineSpecs)
  const { y } = await compiled.run({ x: new Float32Array(6), weight: new Float32Array(3) })
  y.dispose()
  const smallest = Float64Array.of(5e-324)
  expect(smallest[0] > 0).toBe(true)
  expect(smallest[0] * 2).toBe(1e-323)
})

test('the known engines of this machine are found', () => {
  const known = (process.env['GOALPOST_TEST_ENGINES'] ?? 'onnx:cpu,tfjs:wasm,tfjs:cpu').split(',')
  expect(installed).toEqual(expect.arrayContaining(known))
})

test('two engines can be used alternately', async () => {
  const engines = [await createEngine('tfjs:wasm'), await createEngine('tfjs:cpu')]
  const compiled = await Promise.all(engines.map((engine) => engine.compile(affine, affineSpecs)))
  const inputs = { x: Float32Array.of(1, 2, 3, 4, 5, 6), weight: Float32Array.of(1, 10, 100) }
  const runs = await Promise.all([0, 1, 0, 1].map((i) => compiled[i].run(inputs)))
  for (const { y } of runs) expect(Array.from(await y.data())).toEqual([322, 655])
})

test('an array may be reused as soon as a run has resolved', async () => {
  const engine = await createEngine('tfjs:cpu')
  const compiled = await engine.compile(({ x }) => ({ y: x }), { x: { shape: [2], type: 'float32' } })
  const x = Float32Array.of(1, 2)
  const { y } = await compiled.run({ x })
  x.fill(9)
  expect(Array.from(await y.data())).toEqual([1, 2])
})

test('running leaves only the outputs, and disposing removes those', async () => {
  const engine = await createEngine('tfjs:wasm')
  const compiled = await engine.compile(affine, affineSpecs)
  const before = engine.memory()
  const outputs = []
  for (let i = 0; i < 10; i++) outputs.push(await compiled.run({ x: new Float32Array(6), weight: new Float32Array(3) }))
  expect(engine.memory()).toEqual({ tensors: before.tensors + 10, bytes: before.bytes + 10 * 8 })
  outputs[0].y.dispose()
  outputs[0].y.dispose()
  expect(engine.memory().tensors).toBe(before.tensors + 9)
  engine.dispose()
  expect(engine.memory()).toEqual(before)
})

test('unfit inputs are refused by name', async () => {
  const engine = await createEngine('tfjs:wasm')
  const compiled = await engine.compile(affine, affineSpecs)
  await expect(compiled.run({ x: new Float32Array(6) })).rejects.toThrow('input weight is missing')
  await expect(compiled.run({ x: new Float32Array(5), weight: new Float32Array(3) })).rejects.toThrow(
    'input x has 5 elements',
  )
  const other = await createEngine('tfjs:cpu')
  const foreign = other.tensor(new Float32Array(3), affineSpecs.weight)
  await expect(compiled.run({ x: new Float32Array(6), weight: foreign })).rejects.toThrow('another engine')
})

test.each(installed)('%s gives the same bits every time', async (name) => {
  const engine = await createEngine(name)
  const chaotic: TensorFunction = ({ x }) => {
    let y = x
    for (let i = 0; i < 20; i++) y = tf.tanh(tf.matMul(y, x))
    return { y }
  }
  const compiled = await engine.compile(chaotic, { x: { shape: [33, 33], type: 'float32' } })
  const x = Float32Array.from({ length: 33 * 33 }, (_, i) => Math.sin(i))
  const run = async () => new Uint8Array((await (await compiled.run({ x })).y.data()).slice().buffer)
  const first = await run()
  for (let i = 0; i < 5; i++) expect(await run()).toEqual(first)
})

test('an engine whose package is missing is refused with the reason', async () => {
  const tensorflow = (await detectEngines()).find(({ name }) => name === 'tfjs:tensorflow')
  if (tensorflow?.missing === null) return
  await expect(createEngine('tfjs:tensorflow')).rejects.toMatchObject({ code: 'engine-unavailable' })
  expect(tensorflow?.missing).toContain('@tensorflow/tfjs-node')
  await expect(createEngine('abacus' as EngineName)).rejects.toThrow('known engines: onnx:cpu')
})

test.each(installed.filter((name) => name === 'tfjs:tensorflow'))(
  '%s refuses another number of threads than its process started it with',
  async (name) => {
    await expect(createEngine(name, { threads: 2 })).rejects.toThrow('this process has started it with 1 thread(s)')
    expect((await createEngine(name)).info.threads).toBe(1)
  },
)

test('functions that tfjs-node calls and Node removed from util are restored', () => {
  restoreUtilPredicates()
  const isNullOrUndefined: unknown = Reflect.get(util, 'isNullOrUndefined')
  if (typeof isNullOrUndefined !== 'function') expect.fail('it is missing')
  expect([null, undefined, 0, ''].map((value) => Boolean(isNullOrUndefined(value)))).toEqual([true, true, false, false])
})
