import { expect, test } from 'vitest'
import { watchDoubt } from './watch-doubt.ts'

test('keeps action and doubt of every decision by level, in order', async () => {
  const disagreements = [0.9, 0.1]
  const watch = watchDoubt({
    doubt: (slot) => ({ disagreement: disagreements[slot]!, entropy: 1 }),
    levels: 3,
  })
  const begun: number[] = []
  const choices = [
    [2, 1],
    [3, 0],
  ]
  const policy = watch.watch({
    begin: (slot) => void begun.push(slot),
    act: (_, actions) => actions.set(choices.shift()!),
  })
  const actions = new Uint8Array(2)
  policy.begin?.(1, {})
  expect(begun).toEqual([1])
  for (const [first, second] of [
    [0, 1],
    [0, 2],
  ] as const) {
    await policy.act(new Uint8Array(2), actions, () => 0.5)
    // Callers reuse their array.
    actions.fill(9)
    watch.onDecision(0, first)
    watch.onDecision(1, second)
  }
  expect(watch.episodes()).toEqual([
    [
      { action: 2, disagreement: 0.9, entropy: 1 },
      { action: 3, disagreement: 0.9, entropy: 1 },
    ],
    [{ action: 1, disagreement: 0.1, entropy: 1 }],
    [{ action: 0, disagreement: 0.1, entropy: 1 }],
  ])
  expect([...watch.sorted()]).toEqual([0.1, 0.1, 0.9, 0.9])
})
