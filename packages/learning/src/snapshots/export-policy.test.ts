import { createHash } from 'node:crypto'
import {
  createEngine,
  inspectModel,
  openImportedModel,
  withRank,
  type Block,
  type Result,
  type TensorSpecs,
} from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { initializeParameters } from '../networks/initialize.ts'
import type { NetworkSpec } from '../networks/network-spec.ts'
import { createNetwork } from '../networks/network.ts'
import { exportPolicy, type PolicyOrigin } from './export-policy.ts'
import { encodePolicySnapshot, type PolicySnapshot } from './policy-snapshot.ts'

const origin: PolicyOrigin = {
  environment: { name: 'corner', version: '1' },
  channels: ['wall', 'mouse', 'cheese'],
  actions: ['up', 'left', 'down', 'right'],
  step: 4096,
}

const mlp: NetworkSpec = { kind: 'mlp', hidden: [12, 8], activation: 'tanh', crop: 1 }
const networks: Record<string, NetworkSpec> = {
  mlp,
  conv: { kind: 'conv', channels: [4, 6], dense: 8, activation: 'relu', crop: 1 },
  impala: { kind: 'impala', channels: [4, 4], dense: 8, crop: 0 },
  lstm: { kind: 'lstm', trunk: mlp, width: 6 },
}

function createSnapshot(spec: NetworkSpec, element?: 'byte'): PolicySnapshot {
  const made = { observation: [7, 7, 3], actions: 4, ...(element === undefined ? {} : { element }) } as const
  const parameters = initializeParameters(createNetwork(spec, made), createStream(3))
  // Biases start at zero, so an omitted one would make no difference.
  return { network: spec, interface: made, parameters: parameters.map((value, i) => value + Math.sin(i) / 10) }
}

function drawObservations(batch: number, full: number): Uint8Array {
  const random = createStream(5).at(batch)
  return Uint8Array.from({ length: batch * 147 }, () => (random.uniform() < 0.3 ? full : 0))
}

const state = (batch: number) => Float32Array.from({ length: batch * 12 }, (_, i) => Math.sin(i))

/** In a process without the network. */
async function runFile(file: Uint8Array, batch: number, full: number): Promise<Readonly<Record<string, Result>>> {
  const session = await openImportedModel(file, { engine: 'onnx:cpu', threads: 1, timeLimitMs: 20_000 })
  const { inputs, outputs } = inspectModel(file)
  const carried: Block = { type: 'float32', data: state(batch), shape: [batch, 12] }
  const results = await session.run(
    {
      observation: { type: 'uint8', data: drawObservations(batch, full), shape: [batch, 7, 7, 3] },
      ...(inputs.length > 1 ? { state: carried } : {}),
    },
    outputs.map(({ name }) => name),
  )
  await session.dispose()
  return results
}

/** Outputs [batch × 5] and, of a recurrent network, the next state, computed by TensorFlow.js. */
async function runNetwork({ network: spec, interface: made, parameters }: PolicySnapshot, batch: number, full: number) {
  const engine = await createEngine('tfjs:cpu')
  const network = createNetwork(spec, made)
  const specs: TensorSpecs = {
    flat: { shape: [network.size], type: 'float32' },
    observation: { shape: [batch, 7, 7, 3], type: 'uint8' },
    state: { shape: [batch, 12], type: 'float32' },
  }
  const compiled = await engine.compile(({ flat, observation, state: before }): Record<string, Tensor> => {
    const arrays = network.split(withRank(flat, 1))
    if (network.memory === null) return { output: network.forward(arrays, observation) }
    return { ...network.memory.unroll(arrays, observation, { state: withRank(before, 2), starts: tf.zeros([batch]) }) }
  }, specs)
  const results = await compiled.run({
    flat: parameters,
    observation: drawObservations(batch, full),
    state: state(batch),
  })
  const values = { output: await results['output'].data(), state: await results['state']?.data() }
  engine.dispose()
  return values
}

function expectClose(found: ArrayLike<unknown>, wanted: ArrayLike<number>): void {
  expect(found.length).toBe(wanted.length)
  const differences = Array.from(found, (value, i) => Math.abs(Number(value) - wanted[i]))
  expect(Math.max(...differences)).toBeLessThan(1e-5)
}

describe('exportPolicy', () => {
  it.each([
    ...Object.entries(networks).map(([name, spec]) => [name, createSnapshot(spec), 1] as const),
    ['conv for bytes', createSnapshot(networks['conv'], 'byte'), 255] as const,
  ])('gives a file that computes the same as the network: %s', async (_name, snapshot, full) => {
    const file = await exportPolicy(snapshot, origin)
    for (const batch of [1, 5]) {
      const { logits, value, state_out: after } = await runFile(file, batch, full)
      const wanted = await runNetwork(snapshot, batch, full)
      const rows = Array.from({ length: batch }, (_, row) => row)
      expect(logits.shape).toEqual([batch, 4])
      expect(value.shape).toEqual([batch])
      expectClose(
        logits.data,
        rows.flatMap((row) => Array.from(wanted.output.slice(row * 5, row * 5 + 4))),
      )
      expectClose(
        value.data,
        rows.map((row) => wanted.output[row * 5 + 4]),
      )
      expect(after === undefined).toBe(snapshot.network.kind !== 'lstm')
      if (wanted.state !== undefined) expectClose(after.data, wanted.state)
    }
  })

  it('describes environment, observation, actions, network, step and hashes, the same every time', async () => {
    const snapshot = createSnapshot(mlp)
    const file = await exportPolicy(snapshot, origin)
    expect(await exportPolicy(snapshot, origin)).toEqual(file)
    const text = Buffer.from(file).toString('latin1')
    const hash = createHash('sha256').update(encodePolicySnapshot(snapshot)).digest('hex')
    for (const said of ['["wall","mouse","cheese"]', '["up","left","down","right"]', '[7,7,3]', '4096', hash])
      expect(text).toContain(said)
    expect(text).toContain('hidden1.weight')
  })
})
