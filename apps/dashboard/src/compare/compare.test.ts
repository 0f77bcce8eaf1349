import { expect, test } from 'vitest'
import { armText, parseArm, parseComparisonSearch } from './comparison-arms.ts'
import { optionDiff, type ComparedSide } from './option-diff.ts'

test('arms survive the address, also conditions with slashes', () => {
  for (const arm of [{ experimentId: 'e' }, { experimentId: 'e', condition: 'a/b=1,c' }])
    expect(parseArm(armText(arm))).toEqual(arm)
})

test('an edited address is read as far as it makes sense', () => {
  expect(parseComparisonSearch({ arms: ['e/a', 3, '', 'e/a', 'f'] })).toEqual({ arms: ['e/a', 'f'] })
  expect(parseComparisonSearch({ arms: 'e' })).toEqual({ arms: ['e'] })
  expect(parseComparisonSearch({})).toEqual({ arms: [] })
})

test('only options that differ are listed, nested ones by their path', () => {
  const sides: ComparedSide[] = [
    { name: 'a', options: { steps: 10, net: { kind: 'mlp', hidden: [1, 2] } } },
    { name: 'b', options: { steps: 10, net: { kind: 'conv', hidden: [1, 2] }, extra: true } },
  ]
  expect(optionDiff(sides)).toEqual([
    { path: 'net.kind', values: ['mlp', 'conv'] },
    { path: 'extra', values: [undefined, 'true'] },
  ])
})
