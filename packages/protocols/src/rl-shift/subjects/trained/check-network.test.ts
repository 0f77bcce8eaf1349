import type { JsonObject } from '@goalpost/contracts'
import { createNetwork, longestUnroll as learnable } from '@goalpost/learning'
import { expect, test } from 'vitest'
import { longestUnroll } from './check-network.ts'
import { rlShift } from '../../index.ts'
import { countParameters } from './network-size.ts'
import { network as networkSchema } from './network-options.ts'

function issuesOf(network: JsonObject, ppo: JsonObject = {}, size = 5): string[] {
  const resolution = rlShift.resolve({ environment: 'corner', parameters: { size }, network, ppo })
  return resolution.ok ? [] : resolution.issues.map(({ pointer, message }) => `${pointer} ${message}`)
}

test.each<[JsonObject]>([
  [{ kind: 'mlp', crop: 1 }],
  [{ kind: 'conv', channels: [4, 8, 6], dense: 10 }],
  [{ kind: 'impala' }],
  [{ kind: 'impala', channels: [3, 5], dense: 7, crop: 1 }],
  [{ kind: 'lstm' }],
  [{ kind: 'lstm', trunk: { kind: 'impala' }, width: 64 }],
])('%o is accepted, and has as many parameters as the network that learning makes of it', (options) => {
  expect(issuesOf(options)).toEqual([])
  const network = networkSchema.parse(options)
  for (const shape of [
    [7, 7, 3],
    [15, 13, 2],
  ] as const)
    expect(countParameters(network, shape, 4)).toBe(createNetwork(network, { observation: shape, actions: 4 }).size)
})

test('planning and learning agree on the longest recurrent rollout', () => {
  expect(longestUnroll).toBe(learnable)
})

test('a crop that leaves nothing is refused, also in a trunk', () => {
  expect(issuesOf({ kind: 'impala', crop: 4 })).toEqual([
    '/network/crop Cropping 4 cells on every side leaves nothing of an observation of 7×7 cells',
  ])
  expect(issuesOf({ kind: 'lstm', trunk: { kind: 'mlp', crop: 7 } })).toEqual([
    expect.stringMatching(/^\/network\/trunk\/crop Cropping 7 cells/),
  ])
})

test('a network that is too large for its observations is refused with its size', () => {
  expect(issuesOf({ kind: 'conv', channels: [512], dense: 4096 })).toEqual([
    `/network On 7×7 cells it has ${9 * 3 * 512 + 512 + 49 * 512 * 4096 + 4096 + 4096 * 5 + 5} parameters, more than the 33554432 allowed`,
  ])
})

test('rollouts that an LSTM cannot learn from are refused', () => {
  expect(issuesOf({ kind: 'lstm' }, { environments: 4, rolloutSteps: 512 })).toEqual([
    '/ppo/rolloutSteps An LSTM learns through 256 steps at most, not 512',
  ])
  expect(issuesOf({ kind: 'lstm' }, { environments: 4, minibatches: 8 })).toEqual([
    '/ppo/minibatches An LSTM learns from whole sequences: 4 environments cannot be divided into 8 equal minibatches',
  ])
  expect(issuesOf({ kind: 'mlp' }, { environments: 4, minibatches: 8 })).toEqual([])
})

test('an LSTM inside of an LSTM is refused', () => {
  const [issue] = issuesOf({ kind: 'lstm', trunk: { kind: 'lstm' } })
  expect(issue).toMatch(/^\/network\/trunk/)
})
