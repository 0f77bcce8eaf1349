import type { OutcomeTable } from '@goalpost/evaluation'
import { stay } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { watchDoubt } from './watch-doubt.ts'

const always = (...given: number[]) => ({ act: (_: Uint8Array, actions: Uint8Array) => actions.set(given) })
const outcome = (...reached: number[]) => ({ reached: Uint8Array.from(reached) })

test('warns by the disagreement where oracles differ, and by its mean over an episode', async () => {
  const disagreements = [0.9, 0.1, 0.8, 0.7]
  const watch = watchDoubt({
    doubt: (slot) => ({ disagreement: disagreements[slot]!, entropy: 1 - disagreements[slot]! }),
    actions: 4,
    levels: 4,
  })
  // Slot 0 pursues the proxy, 1 the goal; 2: nothing to tell apart; 3: the goal's oracle stands still.
  const policy = watch.beside(always(2, 1, 1, 1), always(1, 1, 1, stay), always(2, 2, 1, 1))
  await policy.act(new Uint8Array(4), new Uint8Array(4), () => 0.5)
  for (let slot = 0; slot < 4; slot++) watch.onDecision(slot, slot)
  const table = { goals: [outcome(0, 1, 1, 0), outcome(1, 1, 0, 1)] } as unknown as OutcomeTable
  const { steps, episodes } = watch.summarize(table, [1, 1, 1, 0])
  expect(steps).toEqual({ disagreement: 1, entropy: 0, wrong: 0.5, count: 2 })
  expect(episodes).toEqual({ disagreement: 1, entropy: 0, wrong: 1 / 3, count: 3 })
  expect([...watch.sorted()]).toEqual([0.1, 0.7, 0.8, 0.9])
})
