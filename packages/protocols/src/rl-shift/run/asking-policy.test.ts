import { expect, test } from 'vitest'
import { createAskingPolicy } from './asking-policy.ts'

const acting = (action: number, told: string[] = [], name = '') => ({
  act: async (_: Uint8Array, actions: Uint8Array) => void actions.fill(action),
  distribution() {},
  begin: (slot: number) => void told.push(`${name} ${slot}`),
})
const oracle = { act: (_: Uint8Array, actions: Uint8Array) => void actions.fill(3) }
const uniform = () => 0.5

test('the oracle takes over only where help is asked for', async () => {
  const policy = createAskingPolicy({
    policy: acting(1),
    members: [acting(0)],
    doubt: (slot) => ({ disagreement: slot / 10, entropy: 1 }),
    asks: ({ disagreement }) => disagreement > 0.15,
    oracle,
  })
  const actions = new Uint8Array(4)
  await policy.act(new Uint8Array(4), actions, uniform)
  expect([...actions]).toEqual([1, 1, 3, 3])
  expect([0, 1, 2, 3].map((slot) => policy.wasHelped(slot))).toEqual([false, false, true, true])
})

test('policy and members learn when an episode begins', () => {
  const told: string[] = []
  const parts = { policy: acting(1, told, 'policy'), members: [acting(0, told, 'member')], oracle }
  const policy = createAskingPolicy({
    ...parts,
    doubt: () => ({ disagreement: 0, entropy: 0 }),
    asks: () => false,
  })
  policy.begin?.(2, {})
  expect(told).toEqual(['policy 2', 'member 2'])
})
