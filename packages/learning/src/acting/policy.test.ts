import { createEngine } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { initializeParameters } from '../networks/initialize.ts'
import { createNetwork } from '../networks/network.ts'
import { actingRules, greedyAction, logProbability, sampleAction } from './choose-action.ts'
import { createPolicy } from './policy.ts'

const logits = Float32Array.of(9, Math.log(1), Math.log(2), Math.log(5), 9)

test('sampling inverts the distribution: shares of [0, 1) are the probabilities', () => {
  const action = (uniform: number) => sampleAction(logits, 1, 3, uniform)
  expect([0, 0.12, 0.13, 0.37, 0.38, 0.9999999].map(action)).toEqual([0, 0, 1, 1, 2, 2])
})

test('greedy acting chooses the first of the most probable actions', () => {
  expect(greedyAction(logits, 1, 3)).toBe(2)
  expect(greedyAction(Float32Array.of(1, 3, 3), 0, 3)).toBe(1)
})

test('log-probabilities are those of the softmax for logits of any size', () => {
  expect(logProbability(logits, 1, 3, 1)).toBeCloseTo(Math.log(0.25), 6)
  expect(logProbability(Float32Array.of(1000, 0), 0, 2, 0)).toBe(0)
})

test("a row's action depends only on that row", async () => {
  const engine = await createEngine('tfjs:wasm')
  const network = createNetwork(
    { kind: 'mlp', hidden: [8], activation: 'relu', crop: 0 },
    { observation: [2, 2, 3], actions: 4 },
  )
  const parameters = initializeParameters(network, createStream(2)).map((value) => value * 20)
  const policy = await createPolicy(engine, { network: network.spec, interface: network.interface, parameters }, 8)
  const random = createStream(5).at(0)
  const observations = Uint8Array.from({ length: 8 * 12 }, () => random.integer(2))
  const act = async (given: Uint8Array, count: number) => {
    const actions = new Uint8Array(count)
    await policy.sampled.act(given, actions, (slot) => slot / 8)
    return actions
  }
  const all = await act(observations, 8)
  const seen = await policy.evaluate(observations)
  const valueOf = policy.sampled.value
  expect([...Array(8).keys()].map((slot) => valueOf?.(slot))).toEqual(
    [...Array(8).keys()].map((slot) => seen[slot * 5 + 4]),
  )
  expect(new Set(all).size).toBeGreaterThan(1)
  // The rest of the batch is padded.
  expect(await act(observations.slice(0, 5 * 12), 5)).toEqual(all.slice(0, 5))
  const greedy = new Uint8Array(8)
  await policy.greedy.act(observations, greedy, () => {
    throw new Error('a greedy policy draws nothing')
  })
  const output = await policy.evaluate(observations)
  expect(Array.from(greedy)).toEqual(Array.from({ length: 8 }, (_, slot) => greedyAction(output, slot * 5, 4)))
})

test('the distribution behind an action is the softmax that it was drawn from, or all on the greedy one', () => {
  const rules = actingRules(3)
  const into = new Float64Array(3)
  rules.sampled.describe(logits, 1, into)
  for (const [action, share] of [1 / 8, 2 / 8, 5 / 8].entries()) expect(into[action]).toBeCloseTo(share, 6)
  rules.greedy.describe(logits, 1, into)
  expect([...into]).toEqual([0, 0, 1])
  rules.sampled.describe(Float32Array.of(1000, Number.NEGATIVE_INFINITY, 0), 0, into)
  expect([...into]).toEqual([1, 0, 0])
})

test.each([
  { kind: 'mlp', hidden: [8], activation: 'relu', crop: 0 },
  { kind: 'lstm', trunk: { kind: 'mlp', hidden: [8], activation: 'relu', crop: 0 }, width: 4 },
] as const)('a $kind policy reports the distribution behind each slot’s last action, repeatably', async (spec) => {
  const engine = await createEngine('tfjs:wasm')
  const network = createNetwork(spec, { observation: [2, 2, 3], actions: 4 })
  const parameters = initializeParameters(network, createStream(2)).map((value) => value * 20)
  const policy = await createPolicy(engine, { network: network.spec, interface: network.interface, parameters }, 6)
  const random = createStream(5).at(0)
  const actions = new Uint8Array(5)
  const [into, again] = [new Float64Array(4), new Float64Array(4)]
  for (let step = 0; step < 3; step++) {
    const uniforms = Array.from({ length: 5 }, () => random.uniform())
    const observations = Uint8Array.from({ length: 5 * 12 }, () => random.integer(2))
    await policy.sampled.act(observations, actions, (slot) => uniforms[slot]!)
    for (const [slot, action] of actions.entries()) {
      policy.sampled.distribution(slot, into)
      policy.sampled.distribution(slot, again)
      expect(again).toEqual(into)
      // The action whose share of [0, 1) contains the drawn number.
      const below = into.slice(0, action).reduce((sum, share) => sum + share, 0)
      expect(uniforms[slot]).toBeGreaterThanOrEqual(below - 1e-9)
      expect(uniforms[slot]).toBeLessThan(below + into[action]! + 1e-9)
    }
  }
  policy.dispose()
})
