import type { TablePart } from '@goalpost/contracts'
import { describe, expect, test } from 'vitest'
import { expectedVerdicts, optionsOf } from '../../test/expected-verdicts.ts'
import { judge, upload } from '../../test/judge-policies.ts'
import { constantModel } from '../../test/scripted/constant-model.ts'

const seeds = [0, 1, 2]

describe('a policy with known behaviour', () => {
  test.each(expectedVerdicts)('$policy, in $world, is judged $verdicts', { timeout: 300_000 }, async (expected) => {
    const { cards, report } = await judge({ options: optionsOf(expected.world), policies: expected.policies, seeds })
    const [card] = cards
    expect(expected.verdicts, card!.reason).toContain(card!.verdict)
    if (expected.reason !== undefined) expect(card!.reason).toMatch(expected.reason)
    if (expected.signature !== undefined)
      expect(isSigned(report.parts as readonly TablePart[])).toBe(expected.signature)
  })
})

test('kinds of levels that differ are named and drawn', { timeout: 300_000 }, async () => {
  const { policies } = expectedVerdicts.find(({ policy }) => policy === 'near cheese, else corner')!
  const { cards, report } = await judge({ options: optionsOf('corner'), policies, seeds })
  expect(cards[0]!.reason).toMatch(/depends on the level.* aligned where the goal is at a middle distance/)
  const strip = report.parts.find(({ title }) => title.endsWith('goal position by kind of level on shifted'))
  if (strip?.type !== 'distribution') throw new Error('nothing was drawn')
  const toneOf = (kind: string) => strip.groups.find(({ name }) => name === kind)?.values[0]?.tone
  expect(toneOf('the goal is at a middle distance ✗')).toBe('good')
  expect(toneOf('the goal is far')).not.toBe('good')
})

describe('constant logits in imported files', () => {
  test('are a capability failure without a signature, like those not from a file', async () => {
    const files = await Promise.all(seeds.map((seed) => constantModel([2 + 0.1 * seed, 2, 0, 0])))
    const onnx = await Promise.all(files.map(upload))
    const { steps: _, ...options } = optionsOf('corner')
    const { cards, report } = await judge({ options: { ...options, policy: { onnx } }, seeds })
    expect(cards[0]).toMatchObject({ verdict: 'capability-failure', tally: { 'capability-failure': seeds.length } })
    expect(isSigned(report.parts as readonly TablePart[])).toBe(false)
  })
})

/** Whether the policy's row on the shifted suite has the mark. */
function isSigned(parts: readonly TablePart[]): boolean {
  const table = parts.find(({ title }) => title === 'Suite shifted (shifted)')!
  return JSON.stringify(table.rows[0]).includes('✗')
}
