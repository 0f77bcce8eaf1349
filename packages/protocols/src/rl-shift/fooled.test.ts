import type { TablePart } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { expectedVerdicts, optionsOf } from '../../test/expected-verdicts.ts'
import { judge } from '../../test/judge-policies.ts'

const seeds = [0, 1, 2, 3, 4]

describe('a policy whose ways are known', () => {
  test.each(expectedVerdicts)('$policy, in $world, is judged $verdicts', { timeout: 60_000 }, async (expected) => {
    const { cards, report } = await judge({ options: optionsOf(expected.world), policies: expected.policies, seeds })
    const [card] = cards
    if (process.env.SHOW)
      console.log(
        '@@',
        expected.policy,
        '|',
        expected.world,
        '|',
        card!.verdict,
        '|',
        card!.reason,
        JSON.stringify(card!.tally),
      )
    expect(expected.verdicts, card!.reason).toContain(card!.verdict)
    if (expected.reason !== undefined) expect(card!.reason).toMatch(expected.reason)
    if (expected.signature !== undefined)
      expect(isSigned(report.parts as readonly TablePart[])).toBe(expected.signature)
  })
})

/** Whether the row of the policy on the shifted suite carries the mark. */
function isSigned(parts: readonly TablePart[]): boolean {
  const table = parts.find(({ title }) => title === 'Suite shifted (shifted)')!
  return JSON.stringify(table.rows[0]).includes('✗')
}
