import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { initializeParameters } from '../networks/initialize.ts'
import { createNetwork } from '../networks/network.ts'
import { defaultConv } from '../networks/network-spec.ts'
import { encodePolicySnapshot, parsePolicySnapshot } from './policy-snapshot.ts'
import { encodeSnapshot, parseSnapshot, SnapshotError } from './sections.ts'
import { parseTrainingSnapshot } from './training-snapshot.ts'

const content = {
  kind: 'example',
  meta: { step: 7 },
  sections: {
    empty: new Uint8Array(0),
    bytes: Uint8Array.of(1, 2, 3),
    floats: Float32Array.of(Math.PI, -0),
    doubles: Float64Array.of(Math.E),
    integers: Int32Array.of(-1, 2 ** 31 - 1),
  },
}

test('encoded content is decoded from any offset of a buffer', () => {
  const bytes = encodeSnapshot(content)
  const shifted = new Uint8Array(bytes.length + 3)
  shifted.set(bytes, 3)
  expect(parseSnapshot(shifted.subarray(3), 'example')).toEqual(content)
  // Files are read into a Buffer, whose `slice` shares memory.
  expect(parseSnapshot(Buffer.from(shifted.buffer, 3), 'example')).toEqual(content)
  expect(encodeSnapshot(content)).toEqual(bytes)
})

test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
  ['cut short', (bytes) => bytes.subarray(0, bytes.length - 8)],
  ['shorter than its prefix', (bytes) => bytes.subarray(0, 5)],
  ['of another format', (bytes) => bytes.with(4, 2)],
  ['no snapshot at all', (bytes) => bytes.with(0, 0)],
  ['damaged in its header', (bytes) => bytes.with(14, 0)],
])('a snapshot that is %s is refused', (_what, damage) => {
  expect(() => parseSnapshot(damage(encodeSnapshot(content)), 'example')).toThrow(SnapshotError)
})

test('one kind of snapshot is not accepted as another', () => {
  expect(() => parseTrainingSnapshot(encodeSnapshot(content))).toThrow('it holds example, not ppo-training')
})

test('a policy snapshot holds its network and the right number of parameters', () => {
  const network = createNetwork(defaultConv, { observation: [5, 5, 3], actions: 4 })
  const parameters = initializeParameters(network, createStream(1))
  const policy = { network: network.spec, interface: network.interface, parameters }
  expect(parsePolicySnapshot(encodePolicySnapshot(policy))).toEqual(policy)
  const short = encodePolicySnapshot({ ...policy, parameters: parameters.subarray(1) })
  expect(() => parsePolicySnapshot(short)).toThrow('parameters')
})
