import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { busyLoop, encodeGraph, integers, negation, node, port } from '../../test/imported-models.ts'
import { sandboxesHere } from '../../test/sandboxes-here.ts'
import { inspectModel } from './inspect-model.ts'
import { openImportedModel, type ImportedModel, type ImportedModelOptions } from './open-imported-model.ts'

const x = { type: 'float32', data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] } as const
const forEver = 2 ** 40

describe('inspectModel', () => {
  it('reads names, types and shapes of inputs and outputs; initializers are not inputs', () => {
    const graph = {
      input: [port('x', ['n', 2]), port('weight', [2])],
      output: [port('y', ['n', 2])],
      initializer: [integers('weight', [1, 2])],
      node: [node('Mul', ['x', 'weight'], ['y'])],
    }
    const model = encodeGraph(graph, { metadataProps: [{ key: 'made', value: 'there' }] })
    expect(inspectModel(model)).toEqual({
      inputs: [{ name: 'x', type: 'float32', shape: ['n', 2] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['n', 2] }],
      metadata: { made: 'there' },
      dividesBy255: false,
      precision: { numbers: 'float32', quantizesDynamically: false },
    })
  })

  const half = { name: 'half', dims: [], dataType: 10, rawData: new Uint8Array(2) }
  const toBfloat16 = node('Cast', ['x'], ['y'], { attribute: [{ name: 'to', i: 16, type: 2 }] })
  it.each([
    ['a constant in float16', [node('Neg', ['x'], ['y'])], [half], { numbers: 'float16' }],
    ['a cast to bfloat16', [toBfloat16], [half], { numbers: 'bfloat16' }],
    ['static quantization', [node('DequantizeLinear', ['x'], ['y'])], [], { numbers: '8-bit' }],
    [
      'dynamic quantization',
      [node('DynamicQuantizeLinear', ['x'], ['y', 'scale', 'zero'])],
      [],
      { numbers: '8-bit', quantizesDynamically: true },
    ],
  ])('finds how exactly a model computes: %s', (_what, nodes, initializer, expected) => {
    const model = encodeGraph({ input: [port('x', ['n'])], output: [port('y', ['n'])], node: nodes, initializer })
    expect(inspectModel(model).precision).toEqual({ quantizesDynamically: false, ...expected })
  })

  const scale = (value: number) => ({
    name: 'scale',
    dims: [],
    dataType: 1,
    rawData: new Uint8Array(Float32Array.of(value).buffer),
  })
  const packedFloats = (value: number) => ({
    name: 'scale',
    dims: [],
    dataType: 1,
    floatData: new Uint8Array(Float32Array.of(value).buffer),
  })
  const constant = node('Constant', [], ['scale'], { attribute: [{ name: 'value', t: scale(255), type: 4 }] })
  const cast = node('CastLike', ['scale', 'x'], ['scale_x'])
  it.each([
    ['x / 255, as an initializer', { initializer: [scale(255)], node: [node('Div', ['x', 'scale'], ['y'])] }, true],
    ['x · 1/255', { initializer: [scale(1 / 255)], node: [node('Mul', ['x', 'scale'], ['y'])] }, true],
    [
      'x / 255, in the field for floats',
      { initializer: [packedFloats(255)], node: [node('Div', ['x', 'scale'], ['y'])] },
      true,
    ],
    ['x / 255, as PyTorch writes it', { node: [constant, cast, node('Div', ['x', 'scale_x'], ['y'])] }, true],
    ['255 / x', { initializer: [scale(255)], node: [node('Div', ['scale', 'x'], ['y'])] }, false],
    ['x / 254', { initializer: [scale(254)], node: [node('Div', ['x', 'scale'], ['y'])] }, false],
    ['x + 255', { initializer: [scale(255)], node: [node('Add', ['x', 'scale'], ['y'])] }, false],
  ])('finds a division by 255: %s', (_what, graph, found) => {
    const model = encodeGraph({ input: [port('x', ['n', 2])], output: [port('y', ['n', 2])], ...graph })
    expect(inspectModel(model).dividesBy255).toBe(found)
  })

  it('leaves the numbers of large tensors undecoded', () => {
    const weights = { name: 'weights', dims: [2 ** 22], dataType: 1, floatData: new Uint8Array(2 ** 24) }
    const model = encodeGraph({
      input: [port('x', ['n', 2])],
      output: [port('y', ['n', 2])],
      initializer: [weights],
      node: [node('Neg', ['x'], ['y'])],
    })
    const before = process.memoryUsage().heapUsed
    inspectModel(model)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2 ** 23)
  })

  it.each([
    ['nothing at all', new Uint8Array()],
    ['a text', new TextEncoder().encode('This is not a model but a text of some length')],
    ['a model that was cut off', negation().slice(0, -20)],
    ['zeros', new Uint8Array(1000)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => inspectModel(bytes)).toThrow(expect.objectContaining({ code: 'model-refused' }))
  })

  it('refuses tensors in other files, also in the branch of an operator', () => {
    const outside = {
      name: 'secret',
      dims: [2],
      dataType: 1,
      dataLocation: 1,
      externalData: [{ key: 'location', value: '/etc/passwd' }],
    }
    const plain = { input: [port('x', ['n', 2])], output: [port('y', ['n', 2])] }
    const branch = { name: 'branch', output: [port('z', [2])], initializer: [outside], node: [] }
    const attribute = [{ name: 'then_branch', g: branch, type: 5 }]
    const constant = node('Constant', [], ['z'], { attribute: [{ name: 'value', t: outside, type: 4 }] })
    for (const graph of [
      { ...plain, initializer: [outside], node: [node('Mul', ['x', 'secret'], ['y'])] },
      { ...plain, node: [node('If', ['x'], ['y'], { attribute })] },
      { ...plain, node: [constant, node('Mul', ['x', 'z'], ['y'])] },
    ])
      expect(() => inspectModel(encodeGraph(graph))).toThrow(/"secret" in another file/)
  })

  it('refuses unknown operators, and accepts those that the model defines', () => {
    const graph = {
      input: [port('x', ['n', 2])],
      output: [port('y', ['n', 2])],
      node: [node('Magic', ['x'], ['y'], { domain: 'lab' })],
    }
    expect(() => inspectModel(encodeGraph(graph))).toThrow(/custom operator "lab::Magic"/)
    const magic = { name: 'Magic', domain: 'lab', node: [node('Neg', ['x'], ['y'])] }
    expect(inspectModel(encodeGraph(graph, { functions: [magic] })).inputs).toHaveLength(1)
  })
})

describe.each(sandboxesHere())('openImportedModel in the sandbox %s', (sandbox) => {
  let model: ImportedModel | null = null
  afterEach(() => model?.dispose())

  async function open(bytes: Uint8Array, options: Partial<ImportedModelOptions> = {}): Promise<ImportedModel> {
    model = await openImportedModel(bytes, { engine: 'onnx:cpu', threads: 1, timeLimitMs: 20_000, sandbox, ...options })
    return model
  }

  it('runs a model at any batch', async () => {
    const { run, build } = await open(negation())
    expect(build).toMatch(/^\d+\.\d+/)
    const { y } = await run({ x }, ['y'])
    expect({ ...y, data: Array.from(y.data) }).toEqual({ type: 'float32', shape: [2, 2], data: [-1, -2, -3, -4] })
    const again = await run({ x: { ...x, data: Float32Array.of(5, 6), shape: [1, 2] } }, ['y'])
    expect(Array.from(again['y'].data)).toEqual([-5, -6])
  })

  it('ends a model that takes too long, with a reason', async () => {
    const { run } = await open(busyLoop(forEver, 1), { timeLimitMs: 300 })
    await expect(run({ x }, ['y'])).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(/longer than 0.3 s/),
    })
    await expect.poll(() => hosts()).toEqual([])
  })

  it.runIf(process.platform === 'linux')('ends a model that takes too much memory, with a reason', async () => {
    const { run } = await open(busyLoop(forEver, 2 ** 27), { memoryLimitBytes: 300 * 2 ** 20 })
    await expect(run({ x }, ['y'])).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(/of memory/),
    })
  })

  it('survives a model that crashes', async () => {
    const { run } = await open(busyLoop(forEver, 1))
    const running = run({ x }, ['y'])
    const [host = 0] = hosts()
    // Also inside bubblewrap, where the first process of its own ignores all other signals from outside.
    const [model = host] = hosts(host)
    process.kill(model, sandbox === 'bubblewrap' ? 'SIGKILL' : 'SIGSEGV')
    await expect(running).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(sandbox === 'bubblewrap' ? /crashed .*SIGKILL/ : /crashed .*SIGSEGV/),
    })
    await expect(run({ x }, ['y'])).rejects.toMatchObject({ code: 'model-failed' })
  })

  it('passes on the runtime’s errors about a model', async () => {
    const graph = { input: [port('x', ['n', 2])], output: [port('y', ['n', 2])], node: [node('NoSuch', ['x'], ['y'])] }
    await expect(open(encodeGraph(graph))).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(/NoSuch/),
    })
  })

  it.runIf(process.platform === 'linux')('leaves no process behind if its own is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'goalpost-imported-'))
    writeFileSync(join(folder, 'loop.onnx'), busyLoop(forEver, 1))
    const script = `
      import { readFileSync } from 'node:fs'
      const { openImportedModel } = await import('${new URL('./open-imported-model.ts', import.meta.url).href}')
      const model = await openImportedModel(readFileSync('${join(folder, 'loop.onnx')}'),
        { engine: 'onnx:cpu', threads: 1, timeLimitMs: 60_000, sandbox: '${sandbox}' })
      model.run({ x: { type: 'float32', data: Float32Array.of(1, 2), shape: [1, 2] } }, ['y'])
      setTimeout(() => console.log('running'), 50)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    const [host = 0] = hosts(child.pid)
    const processes = [host, ...hosts(host)]
    expect(processes.map(isAlive)).toEqual(sandbox === 'bubblewrap' ? [true, true] : [true])
    child.kill('SIGKILL')
    await vi.waitFor(() => expect(processes.some(isAlive)).toBe(false), { timeout: 5_000, interval: 50 })
    rmSync(folder, { recursive: true })
  })
})

/** Children of a process, on Linux only. */
function hosts(parent = process.pid): number[] {
  if (process.platform !== 'linux') return []
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
  return children.split(' ').filter(Boolean).map(Number)
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
