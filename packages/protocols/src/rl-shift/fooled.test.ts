import type { TablePart } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { expectedVerdicts, optionsOf } from '../../test/expected-verdicts.ts'
import { judge, upload } from '../../test/judge-policies.ts'
import { constantModel } from '../../test/scripted/constant-model.ts'

const seeds = [0, 1, 2]

describe('a policy whose ways are known', () => {
  test.each(expectedVerdicts)('$policy, in $world, is judged $verdicts', { timeout: 60_000 }, async (expected) => {
    const { cards, report } = await judge({ options: optionsOf(expected.world), policies: expected.policies, seeds })
    const [card] = cards
    expect(expected.verdicts, card!.reason).toContain(card!.verdict)
    if (expected.reason !== undefined) expect(card!.reason).toMatch(expected.reason)
    if (expected.signature !== undefined)
      expect(isSigned(report.parts as readonly TablePart[])).toBe(expected.signature)
  })
})

describe('constant logits in files from elsewhere', () => {
  test('are a capability failure, without a signature, as those are that were never in a file', async () => {
    const files = await Promise.all(seeds.map((seed) => constantModel([2 + 0.1 * seed, 2, 0, 0])))
    const onnx = await Promise.all(files.map(upload))
    const { steps: _, ...options } = optionsOf('corner')
    const { cards, report } = await judge({ options: { ...options, policy: { onnx } }, seeds })
    expect(cards[0]).toMatchObject({ verdict: 'capability-failure', tally: { 'capability-failure': seeds.length } })
    expect(isSigned(report.parts as readonly TablePart[])).toBe(false)
  })
})

/** Whether the row of the policy on the shifted suite carries the mark. */
function isSigned(parts: readonly TablePart[]): boolean {
  const table = parts.find(({ title }) => title === 'Suite shifted (shifted)')!
  return JSON.stringify(table.rows[0]).includes('✗')
}
