import type { ExperimentView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { gridOptions, gridResults } from './grid-points.ts'
import { importanceOf } from './importance.ts'

/** A full grid of two options, whose result is made of them. */
function grid(resultOf: (alpha: number, kind: string) => number) {
  const conditions = [1, 0, 10].flatMap((alpha) =>
    ['mlp', 'conv'].map((kind) => ({
      name: `${alpha} ${kind}`,
      options: { alpha, net: { kind }, steps: 5 },
      marks: [],
    })),
  )
  const verdicts = conditions.map(({ name, options: { alpha, net } }) => ({
    condition: name,
    name: 'aligned',
    tone: 'good',
    numbers: [
      { key: 'position', label: 'goal position', estimate: { value: resultOf(alpha, net.kind) } },
      { key: 'other', label: 'other', estimate: { value: { missing: 'not measured' } } },
    ],
  }))
  return { resolved: { conditions }, verdicts } as unknown as Pick<ExperimentView, 'resolved' | 'verdicts'>
}
const paths = ['alpha', 'net.kind']

test('options that are varied are axes, with numbers in ascending order', () => {
  expect(gridOptions(grid(() => 0).resolved)).toEqual([
    { path: 'alpha', values: ['0', '1', '10'] },
    { path: 'net.kind', values: ['mlp', 'conv'] },
  ])
})

test('one varied option, or few conditions, are no grid', () => {
  const { conditions } = grid(() => 0).resolved
  expect(gridOptions({ conditions: conditions.filter(({ name }) => name.endsWith('mlp')) })).toEqual([])
  expect(gridOptions({ conditions: conditions.slice(0, 3) })).toEqual([])
})

test('only numbers that conditions have are results', () => {
  expect(gridResults(grid((alpha) => alpha)).map(({ key, points }) => [key, points.length])).toEqual([['position', 6]])
})

test('an option that alone decides explains everything, and one without effect nothing', () => {
  const [result] = gridResults(grid((alpha) => alpha))
  expect(importanceOf(result?.points ?? [], paths)).toEqual([
    { path: 'alpha', share: 1 },
    { path: 'net.kind', share: 0 },
  ])
})

test('additive effects share the variance, and a pure interaction belongs to neither', () => {
  const [added] = gridResults(grid((alpha, kind) => alpha + (kind === 'mlp' ? 3 : 0)))
  const shares = importanceOf(added?.points ?? [], paths) ?? []
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  const [crossed] = gridResults(grid((alpha, kind) => (alpha === 1 ? 0 : (alpha === 0) === (kind === 'mlp') ? 1 : -1)))
  for (const { share } of importanceOf(crossed?.points ?? [], paths) ?? []) expect(share).toBeCloseTo(0)
})

test('equal results have no importance', () => {
  const [result] = gridResults(grid(() => 2))
  expect(importanceOf(result?.points ?? [], paths)).toBeNull()
})
