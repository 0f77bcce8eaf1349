import type { ComparisonView, Manifest } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { baselineFirst, shownBaseline } from './baseline-choice.tsx'
import { armText, parseArm, parseComparisonSearch, withArm, withoutArm } from './comparison-arms.ts'
import { manifestDiff } from './manifest-diff.ts'
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

test('the address holds the baseline, which goes with the last arm that it is part of', () => {
  const search = { arms: ['e', 'e/a', 'f/b'], baseline: 'e/a' }
  expect(parseComparisonSearch({ ...search, arms: ['e', 'f/b'] })).toEqual({ ...search, arms: ['e', 'f/b'] })
  expect(parseComparisonSearch({ arms: ['e'], baseline: 3 })).toEqual({ arms: ['e'] })
  expect(withoutArm(search, 'f/b')).toEqual({ arms: ['e', 'e/a'], baseline: 'e/a' })
  expect(withoutArm(search, 'e')).toEqual({ arms: ['e/a', 'f/b'], baseline: 'e/a' })
  expect(withoutArm(search, 'e/a')).toEqual({ arms: ['e', 'f/b'], baseline: 'e/a' })
  expect(withoutArm({ ...search, arms: ['e/a', 'f/b'] }, 'e/a')).toEqual({ arms: ['f/b'] })
  expect(withoutArm({ arms: ['e', 'ee'], baseline: 'ee/a' }, 'ee')).toEqual({ arms: ['e'] })
})

test('a condition counts once, alone or with all of its experiment, and the first stays the baseline', () => {
  expect(parseComparisonSearch({ arms: ['e', 'e/a'] })).toEqual({ arms: ['e'] })
  expect(parseComparisonSearch({ arms: ['e/b', 'f', 'e'] })).toEqual({ arms: ['f', 'e'], baseline: 'e/b' })
  expect(parseComparisonSearch({ arms: ['e/b', 'e'], baseline: 'e/a' })).toEqual({ arms: ['e'], baseline: 'e/a' })
  expect(withArm({ arms: ['e'] }, { experimentId: 'e', condition: 'a' })).toEqual({ arms: ['e'] })
  expect(withArm({ arms: ['f', 'e/a'] }, { experimentId: 'e' })).toEqual({ arms: ['f', 'e'] })
  expect(withArm({ arms: ['e/a'] }, { experimentId: 'ee' })).toEqual({ arms: ['e/a', 'ee'] })
})

test('the baseline is shown first, the others in their order', () => {
  const sides = ['e/a', 'e/b', 'e/c'].map((arm) => ({ arm, name: arm, options: {}, aggregates: [] }))
  const shown = (baseline?: string) => baselineFirst(sides, baseline).map(({ arm }) => arm)
  expect(shown('e/b')).toEqual(['e/b', 'e/a', 'e/c'])
  expect(shown()).toEqual(shown('unknown'))
  expect(shown()).toEqual(['e/a', 'e/b', 'e/c'])
})

test('the baseline is the one that the service answers with', () => {
  const arms = ['e/b', 'e/a'].map((text) => ({ ...parseArm(text), condition: text.slice(2), experiment: '', seeds: 1 }))
  const comparison = { arms, report: { title: '', blocks: [] } } as unknown as ComparisonView
  expect(shownBaseline(comparison, 'e')).toBe('e/b')
  expect(shownBaseline(comparison, undefined)).toBe('e/b')
  expect(shownBaseline(undefined, 'e/a')).toBe('e/a')
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

test('lists of named things are compared by name, other lists as they are', () => {
  const suites = (levels: number) => [
    { name: 'near', levels: 8 },
    { name: 'far', levels },
  ]
  const sides: ComparedSide[] = [
    { name: 'a', options: { suites: suites(16), hidden: [1, 2] } },
    { name: 'b', options: { suites: suites(32), hidden: [1, 3] } },
  ]
  expect(optionDiff(sides)).toEqual([
    { path: 'suites.far.levels', values: ['16', '32'] },
    { path: 'hidden', values: ['[1,2]', '[1,3]'] },
  ])
})

const computed: Manifest = {
  codeRevision: 'abc',
  packages: { learning: '1.0.0', engine: '2.0.0' },
  engine: { name: 'onnx', build: '1.22', threads: 1, device: 'cpu', provider: 'cpu', deviceName: null },
  node: '24.1.0',
  host: 'here',
  cpu: { model: 'Xeon', features: ['avx2', 'sse4_2'] },
  wallMs: 12,
}
const sideOf = (name: string, ...given: Partial<Manifest>[]) => ({
  name,
  manifests: given.map((each) => ({ tasks: 3, manifest: { ...computed, ...each } })),
})

test('software and machines: what differs is listed; hosts, times and tasks without an engine are no difference', () => {
  expect(manifestDiff([sideOf('a', {}), sideOf('b', { host: 'there', wallMs: 9 }, { engine: null })])).toEqual([])
  const other = { cpu: { model: 'Epyc', features: ['avx2', 'avx512f'] }, packages: { learning: '1.1.0' } }
  expect(manifestDiff([sideOf('a', {}), sideOf('b', {}, other)])).toEqual([
    { path: 'processor', values: ['Xeon', 'Epyc; Xeon'] },
    { path: 'instruction sets that not all have', values: ['sse4_2', 'avx512f; sse4_2'] },
    { path: 'package learning', values: ['1.0.0', '1.0.0; 1.1.0'] },
  ])
  expect(manifestDiff([sideOf('a', {}), sideOf('b', { packages: { learning: '1.0.0' } })])).toEqual([
    { path: 'package engine', values: ['2.0.0', undefined] },
  ])
})
