import type { ExperimentView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { optionDiff } from '../compare/option-diff.ts'
import { comparableSpec } from './comparable-spec.ts'

const resolved = (alphas: readonly number[], given: object = {}) =>
  ({
    protocol: 'p',
    seeds: [1, 2],
    conditions: alphas.map((alpha) => ({ name: `alpha=${alpha}`, options: { alpha, net: { kind: 'mlp' }, ...given } })),
  }) as unknown as ExperimentView['resolved']

test('what all conditions share is there once, and each condition has what sets it apart', () => {
  expect(comparableSpec(resolved([0, 1]))).toEqual({
    protocol: 'p',
    seeds: '1, 2',
    options: { net: { kind: 'mlp' } },
    conditions: { 'alpha=0': 'alpha=0', 'alpha=1': 'alpha=1' },
  })
})

test('two specs differ in an option once, whatever the number of conditions, and in conditions that one lacks', () => {
  const [left, right] = [resolved([0, 1]), resolved([0, 1, 2], { steps: 5 })]
  const sides = [left, right].map((each, index) => ({ name: String(index), options: comparableSpec(each) }))
  expect(optionDiff(sides)).toEqual([
    { path: 'options.steps', values: [undefined, '5'] },
    { path: 'conditions.alpha=2', values: [undefined, 'alpha=2'] },
  ])
})
