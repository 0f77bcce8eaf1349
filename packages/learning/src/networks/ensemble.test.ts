import { createEngine, detectEngines } from '@goalpost/engine'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { createPolicy } from '../acting/policy.ts'
import { joinMembers, membersOf } from '../snapshots/ensemble-snapshot.ts'
import { encodePolicySnapshot, parsePolicySnapshot, type PolicySnapshot } from '../snapshots/policy-snapshot.ts'
import { initializeParameters } from './initialize.ts'
import type { MemberSpec } from './network-spec.ts'
import { createNetwork } from './network.ts'

const made = { observation: [2, 3, 2], actions: 3 } as const
const mlp: MemberSpec = { kind: 'mlp', hidden: [8], activation: 'tanh', crop: 0 }
const lstm: MemberSpec = { kind: 'lstm', trunk: mlp, width: 4 }
const batch = 4
const installed = (await detectEngines()).flatMap(({ name, missing }) => (missing === null ? [name] : []))

const observations = (seed: number) => {
  const random = createStream(seed).named('observations').at(0)
  return Uint8Array.from({ length: batch * 12 }, () => random.integer(2))
}

function memberOf(network: MemberSpec, seed: number): PolicySnapshot {
  const parameters = initializeParameters(createNetwork(network, made), createStream(seed))
  // Larger than at initialisation, so that members have opinions.
  return { network, interface: made, parameters: parameters.map((value) => 4 * value) }
}

const softmax = (logits: readonly number[]) => {
  const exponentials = logits.map(Math.exp)
  const total = exponentials.reduce((sum, value) => sum + value)
  return exponentials.map((value) => value / total)
}
const rowsOf = (output: Float32Array) =>
  Array.from({ length: batch }, (_, row) => Array.from(output.subarray(4 * row, 4 * row + 4)))

test.each(installed)(
  '%s: the vote is the mean of the members’ distributions, the value the mean of theirs',
  async (name) => {
    const engine = await createEngine(name)
    const members = [1, 2, 3].map((seed) => memberOf(mlp, seed))
    const outputs = []
    for (const member of members)
      outputs.push(rowsOf(await (await createPolicy(engine, member, batch)).evaluate(observations(5))))
    const together = rowsOf(
      await (await createPolicy(engine, joinMembers(members, 'mean'), batch)).evaluate(observations(5)),
    )
    const votes = rowsOf(
      await (await createPolicy(engine, joinMembers(members, 'majority'), batch)).evaluate(observations(5)),
    )
    for (let row = 0; row < batch; row++) {
      const opinions = outputs.map((output) => softmax(output[row]!.slice(0, 3)))
      const mean = [0, 1, 2].map((a) => opinions.reduce((sum, one) => sum + one[a]! / 3, 0))
      softmax(together[row]!.slice(0, 3)).forEach((p, a) => expect(p).toBeCloseTo(mean[a]!, 5))
      expect(together[row]![3]).toBeCloseTo(
        outputs.reduce((sum, output) => sum + output[row]![3]! / 3, 0),
        5,
      )
      const favourites = opinions.map((one) => one.indexOf(Math.max(...one)))
      const shares = [0, 1, 2].map((a) => favourites.filter((favourite) => favourite === a).length / 3)
      softmax(votes[row]!.slice(0, 3)).forEach((p, a) => expect(p).toBeCloseTo(shares[a]!, 5))
    }
    // Else the test could not tell a mean from a majority.
    expect(together.some((row, i) => Math.abs(row[0]! - votes[i]![0]!) > 0.1)).toBe(true)
  },
)

test('members with a memory remember apart: equal members act like one', async () => {
  const engine = await createEngine('tfjs:wasm')
  const member = memberOf(lstm, 1)
  const policies = [member, joinMembers([member, member], 'mean'), joinMembers([member, memberOf(lstm, 2)], 'mean')]
  const distributions: Float64Array[] = []
  for (const snapshot of policies) {
    const { sampled } = await createPolicy(engine, snapshot, batch)
    const actions = new Uint8Array(batch)
    for (let step = 1; step <= 3; step++) await sampled.act(observations(step), actions, () => 0.5)
    const distribution = new Float64Array(3)
    sampled.distribution(0, distribution)
    distributions.push(distribution)
  }
  distributions[1]!.forEach((p, a) => expect(p).toBeCloseTo(distributions[0]![a]!, 5))
  expect(Math.abs(distributions[2]![0]! - distributions[0]![0]!)).toBeGreaterThan(1e-3)
})

test('a stored ensemble gives back its members; other policies have none', () => {
  const members = [memberOf(mlp, 1), memberOf(mlp, 2)]
  const stored = parsePolicySnapshot(encodePolicySnapshot(joinMembers(members, 'majority')))
  expect(membersOf(stored)).toEqual(members)
  expect(membersOf(members[0]!)).toBeNull()
})
