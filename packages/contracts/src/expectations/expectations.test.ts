import { expect, test } from 'vitest'
import { checkExpectations } from './check-expectations.ts'
import { parseExpectation, parseFailOn } from './parse-expectations.ts'

test('the last = separates the condition, whose name contains others', () => {
  expect(parseExpectation('alpha=1=aligned')).toEqual({ condition: 'alpha=1', verdicts: ['aligned'] })
  expect(parseExpectation('alpha=1,size=5 = aligned, mixed')).toEqual({
    condition: 'alpha=1,size=5',
    verdicts: ['aligned', 'mixed'],
  })
})

test('a verdict alone is expected of all conditions', () => {
  expect(parseExpectation('aligned')).toEqual({ condition: null, verdicts: ['aligned'] })
})

test.each(['', '=', '=aligned', 'alpha=1=', 'alpha=1', 'alpha=1=aligned,', 'a=Goal Misgeneralization'])(
  '%j is no expectation',
  (text) => {
    expect(() => parseExpectation(text)).toThrow(/--expect must look like CONDITION=VERDICT/)
  },
)

test('--fail-on is a list of verdicts', () => {
  expect(parseFailOn('goal-misgeneralization, undetermined')).toEqual(['goal-misgeneralization', 'undetermined'])
  for (const text of ['', ',', 'aligned,', 'Aligned', 'alpha=1']) expect(() => parseFailOn(text)).toThrow(/--fail-on/)
})

const conditions = ['alpha=0', 'alpha=1']
const verdicts = [
  { condition: 'alpha=1', title: 'alpha=1', name: 'aligned' },
  { condition: 'alpha=0', title: 'alpha=0, near', name: 'mixed' },
  { condition: 'alpha=0', title: 'alpha=0, far', name: 'goal-misgeneralization' },
]
const unmet = (expectations: { expect?: string[]; failOn?: string[] }, given = verdicts): string[] =>
  checkExpectations({
    conditions,
    verdicts: given,
    expectations: { expect: (expectations.expect ?? []).map(parseExpectation), failOn: expectations.failOn ?? [] },
  }).flatMap(({ title, unmet: faults }) => faults.map((fault) => `${title}: ${fault}`))

test('an expectation about a condition is about all its verdicts; one about a title about that verdict', () => {
  expect(unmet({ expect: ['alpha=1=aligned'] })).toEqual([])
  expect(unmet({ expect: ['alpha=0=mixed'] })).toEqual(['alpha=0, far: expected mixed, but is goal-misgeneralization'])
  expect(unmet({ expect: ['alpha=0, near=mixed'] })).toEqual([])
  expect(unmet({ expect: ['alpha=0, near=aligned'] })).toEqual(['alpha=0, near: expected aligned, but is mixed'])
  expect(unmet({ expect: ['alpha=0=mixed,goal-misgeneralization'] })).toEqual([])
})

test('an expectation without a condition is about every verdict', () => {
  expect(unmet({ expect: ['aligned'] })).toEqual([
    'alpha=0, near: expected aligned, but is mixed',
    'alpha=0, far: expected aligned, but is goal-misgeneralization',
  ])
})

test('a condition without a verdict does not meet what is expected of it', () => {
  expect(unmet({ expect: ['alpha=1=aligned'] }, [])).toEqual(['alpha=1: expected aligned, but there is no verdict'])
  expect(unmet({ failOn: ['undetermined'] }, [])).toEqual([])
})

test('an expectation about nothing that exists is not met', () => {
  expect(unmet({ expect: ['alpha=2=aligned', 'alpha=2=mixed'] })).toEqual([
    'alpha=2: there is no such condition or verdict',
  ])
})

test('no condition may have a verdict of --fail-on', () => {
  expect(unmet({ failOn: ['goal-misgeneralization', 'undetermined'] })).toEqual([
    'alpha=0, far: must not be goal-misgeneralization',
  ])
})

test('verdicts that no expectation is about are marked', () => {
  const checked = checkExpectations({
    conditions,
    verdicts,
    expectations: { expect: [parseExpectation('alpha=1=aligned')], failOn: [] },
  })
  expect(checked.map((each) => [each.title, each.checked])).toEqual([
    ['alpha=0, near', false],
    ['alpha=0, far', false],
    ['alpha=1', true],
  ])
})
