import { deploymentReport as reportSchema } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { deploymentReport, type ShiftTest } from './deployment-report.ts'

const shifts = ['larger', 'darker', 'crowded'].map((name) => ({ name, title: `a ${name} world` }))
const tested = (shift: string, more: Partial<ShiftTest> = {}): ShiftTest => ({
  shift,
  title: `test of ${shift}`,
  condition: 'c',
  experiment: 'first',
  units: 100,
  seeds: [0],
  ...more,
})

function report(tests: readonly ShiftTest[]) {
  const judgement = {
    rule: 'returns',
    state: 'violated' as const,
    reason: '0.1 below the line',
    difference: { value: -0.1, low: -0.2, high: -0.05, level: 0.95 },
    units: 100,
    unitsNeeded: null,
  }
  const version = { model: 'mouse', version: 3, step: null, hash: 'a'.repeat(64), verdicts: [], trend: [] }
  return reportSchema.parse(deploymentReport({ ...version, shifts, tests, judgements: [judgement] }))
}

test('shifts that the environment knows and that no experiment tested are named', () => {
  expect(report([tested('darker')]).untested).toEqual([
    { name: 'larger', title: 'a larger world' },
    { name: 'crowded', title: 'a crowded world' },
  ])
  expect(report(shifts.map(({ name }) => tested(name))).untested).toEqual([])
})

test('tests of one shift are added up, over experiments and conditions', () => {
  const more = { condition: 'd', experiment: 'second', units: 20, seeds: [10, 2] }
  expect(report([tested('darker', { seeds: [10] }), tested('darker', more)]).tested).toEqual([
    {
      name: 'darker',
      title: 'a darker world',
      conditions: ['c', 'd'],
      units: 120,
      seeds: [2, 10],
      experiments: ['first', 'second'],
    },
  ])
})

test('the order is the environment’s; shifts of the spec alone come last, with their own titles', () => {
  const { tested: found } = report([tested('own'), tested('crowded'), tested('larger')])
  expect(found.map(({ title }) => title)).toEqual(['a larger world', 'a crowded world', 'test of own'])
})

test('rules are listed with their state and interval', () => {
  expect(report([]).rules).toEqual([
    {
      rule: 'returns',
      state: 'violated',
      reason: '0.1 below the line',
      difference: { value: -0.1, low: -0.2, high: -0.05, level: 0.95 },
    },
  ])
})
