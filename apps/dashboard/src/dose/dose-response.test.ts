import type { ExperimentView, Report } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { doseAxis } from './dose-axis.ts'
import { doseOptions, doseResponses } from './dose-response.ts'

const doses = [0, 0.01, 1]
const conditions = doses.map((share) => ({
  name: `share=${share}`,
  options: { mix: { share }, kind: `k${share}` },
  marks: [],
}))
const resolved = { conditions } as unknown as ExperimentView['resolved']
const verdicts = conditions.map(({ name, options }) => ({
  condition: name,
  title: `${name}, on shifted`,
  name: 'goal-misgeneralization',
  tone: 'bad',
  numbers: [
    { key: 'capability', label: 'capability', estimate: { value: 1 } },
    { key: 'position', label: 'goal position', estimate: { value: options.mix.share, low: 0, high: 1, count: 1 } },
  ],
})) as unknown as ExperimentView['verdicts']
const report = {
  title: '',
  summary: '',
  parts: [
    {
      type: 'verdict',
      condition: 'share=1',
      title: 'share=1, in distribution',
      numbers: [{ key: 'position', name: 'goal position', estimate: { value: 0 }, values: [{ seed: 3, value: 0.1 }] }],
    },
    {
      type: 'verdict',
      condition: 'share=1',
      title: 'share=1, on shifted',
      numbers: [
        {
          key: 'position',
          name: 'another name for goal position',
          threshold: 0.5,
          estimate: { value: 0 },
          values: [
            { seed: 3, value: 0.9 },
            { seed: 4, value: { missing: 'it failed' } },
            { seed: 5, value: 0.8 },
          ],
        },
      ],
    },
    {
      type: 'distribution',
      axis: { title: 'something else' },
      groups: [
        { name: 'share=1', values: [{ name: 'seed 3', value: 7, tone: 'good', seed: 3, verdict: 'goal-aligned' }] },
      ],
    },
  ],
} as unknown as Report

test('an option that is a number in every condition is a dose', () => {
  expect(doseOptions(resolved)).toEqual(['mix.share'])
})

test('each number of the verdicts is a response, those with seeds first, beside its threshold', () => {
  const [first, second] = doseResponses({ resolved, verdicts }, report, 'mix.share')
  expect(first?.key).toBe('position')
  expect(first?.threshold).toBe(0.5)
  expect(first?.points.map(({ dose }) => dose)).toEqual(doses)
  expect(first?.points.map(({ verdict }) => verdict)).toEqual(doses.map(() => 'goal misgeneralization'))
  expect(second?.key).toBe('capability')
  expect(second?.threshold).toBeUndefined()
})

test('each seed is a dot at its own value of the number, by the number’s key, with the seed’s verdict', () => {
  const [first, second] = doseResponses({ resolved, verdicts }, report, 'mix.share')
  expect(first?.points[2]?.dots).toEqual([
    { name: 'seed 3, goal aligned', value: 0.9, tone: 'good' },
    { name: 'seed 5', value: 0.8, tone: 'neutral' },
  ])
  expect(second?.points.flatMap(({ dots }) => dots)).toEqual([])
})

test('the number that sums up a finding is shown first', () => {
  const card = { type: 'verdict', numbers: [{ key: 'capability', name: 'capability', headline: true, estimate: {} }] }
  const headlined = { ...report, parts: [...(report.parts as unknown[]), card] } as unknown as Report
  const responses = doseResponses({ resolved, verdicts }, headlined, 'mix.share')
  expect(responses.map(({ key }) => key)).toEqual(['capability', 'position'])
})

test('a dose that the report has fitted is drawn in the charts over its option, and no other', () => {
  const estimate = { value: 0.2, low: 0.1, high: 0.4, count: 3 }
  const table = { type: 'table', fitted: [{ option: 'mix.share', name: 'shifted', estimate }] }
  const fitted = { ...report, parts: [...(report.parts as unknown[]), table] } as unknown as Report
  expect(doseResponses({ resolved, verdicts }, fitted, 'mix.share')[0]?.fitted).toEqual([{ name: 'shifted', estimate }])
  const elsewhere = { ...table, fitted: [{ option: 'other', name: 'shifted', estimate }] }
  const other = { ...report, parts: [elsewhere] } as unknown as Report
  expect(doseResponses({ resolved, verdicts }, other, 'mix.share')[0]?.fitted).toEqual([])
})

test('a dose of zero stands left of the log axis, and equal ratios are equal distances', () => {
  const { place, gap, ticks } = doseAxis([0, 0.01, 0.1, 1])
  expect(place(0)).toBe(0)
  expect(gap).toBeGreaterThan(place(0))
  expect(gap).toBeLessThan(place(0.01))
  expect(place(0.1) - place(0.01)).toBeCloseTo(place(1) - place(0.1))
  expect(ticks).toEqual([0, 0.01, 0.1, 1])
})

test('versions are counted: a linear axis with whole marks, however many there are', () => {
  expect(doseAxis([1], { counted: true }).ticks).toEqual([1])
  const versions = Array.from({ length: 300 }, (_, i) => i + 1)
  const { isLog, ticks } = doseAxis(versions, { counted: true })
  expect(isLog).toBe(false)
  expect(ticks.length).toBeLessThan(12)
  expect(ticks.every(Number.isInteger)).toBe(true)
})

test('doses of one magnitude stand on a linear axis', () => {
  const { place, isLog } = doseAxis([1, 2, 3])
  expect(isLog).toBe(false)
  expect(place(2)).toBeCloseTo((place(1) + place(3)) / 2)
})
