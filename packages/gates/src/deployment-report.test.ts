import { deploymentReport as reportSchema } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { deploymentReport, type ShiftTest } from './deployment-report.ts'

const shifts = ['larger', 'darker', 'crowded'].map((name) => ({ name, title: `a ${name} world` }))
const tested = (shift: string, more: Partial<ShiftTest> = {}): ShiftTest => ({
  shift,
  title: `test of ${shift}`,
  condition: 'c',
  experiment: 'first',
  set: { name: 'night', units: 100, seed: 0 },
  key: 'night',
  seeds: [0],
  ...more,
})

function report(tests: readonly ShiftTest[], known = shifts) {
  const version = { model: 'mouse', version: 3, step: null, hash: 'a'.repeat(64) }
  const found = { gates: [], rules: [], verdicts: [], trend: [], experimentsLeftOut: false }
  return reportSchema.parse(deploymentReport({ ...version, ...found, shifts: known, tests }))
}

test('shifts that the world knows and that no experiment tested are named', () => {
  expect(report([tested('darker')]).untested).toEqual([
    { name: 'larger', title: 'a larger world' },
    { name: 'crowded', title: 'a crowded world' },
  ])
  expect(report(shifts.map(({ name }) => tested(name))).untested).toEqual([])
})

test('several experiments in one world name its shifts once', () => {
  expect(report([], [...shifts, ...shifts]).untested).toEqual(shifts)
})

test('tests of one shift are added up over experiments and conditions; equal units count once', () => {
  const second = { condition: 'd', experiment: 'second', seeds: [10, 2] }
  const dusk = { name: 'dusk', units: 20, seed: null }
  const tests = [
    tested('darker', { seeds: [10] }),
    tested('darker', second),
    tested('darker', { ...second, set: dusk, key: 'dusk' }),
  ]
  expect(report(tests).tested).toEqual([
    {
      name: 'darker',
      title: 'a darker world',
      conditions: ['c', 'd'],
      sets: [{ name: 'night', units: 100, seed: 0 }, dusk],
      units: 120,
      seeds: [2, 10],
      experiments: ['first', 'second'],
    },
  ])
})

test('the order is the world’s; shifts of the spec alone come last, with their own titles', () => {
  const { tested: found } = report([tested('own'), tested('crowded'), tested('larger')])
  expect(found.map(({ title }) => title)).toEqual(['a larger world', 'a crowded world', 'test of own'])
})
