import { report as reportSchema, type DeploymentReport, type ReportPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { presentDeployment } from './deployment-parts.ts'

const id = '01900000-0000-7000-8000-000000000000'
const run = { id, gateVersion: 1, message: null, units: 64, endedAt: '2026-01-02T03:04:05.000Z' }
const below = { value: -0.2, low: -0.3, high: -0.1, level: 0.95 }
const night = { name: 'night', units: 1_000, seed: 0 }
const point = (version: number) => ({ version, step: null, value: 0.3, low: 0.2, high: 0.4, units: 64 })

const found: DeploymentReport = {
  model: 'mouse',
  version: 12,
  step: null,
  hash: 'a'.repeat(64),
  gates: [
    { gate: 'nightly', run: { ...run, outcome: 'fail' } },
    { gate: 'weekly', run: null },
  ],
  rules: [{ gate: 'nightly', rule: 'returns', state: 'violated', reason: '0.200 below the line', difference: below }],
  tested: [
    {
      name: 'darker',
      title: 'No light',
      conditions: ['c'],
      sets: [night, { name: 'cave', units: 64, seed: null }],
      units: 1_064,
      seeds: [0, 1],
      experiments: [id],
    },
  ],
  untested: [{ name: 'larger', title: 'A larger world' }],
  verdicts: [
    {
      experiment: 'nightly gate',
      condition: 'c',
      title: 'c',
      name: 'poor',
      tone: 'bad',
      sentence: 'does badly',
      goal: null,
      provisional: false,
      agreeing: 1,
      total: 2,
      numbers: [{ key: 'return', label: 'return', estimate: { value: 0.3, low: 0.2, high: 0.4 } }],
    },
  ],
  trend: [
    {
      gate: 'nightly',
      rule: 'returns',
      measure: 'return',
      scale: 'measure',
      line: 0.5,
      keeps: 'above',
      leftOut: false,
      points: [
        { ...point(11), state: 'holds' },
        { ...point(12), state: 'violated' },
      ],
      lastGood: 11,
      firstBad: 12,
    },
  ],
  experimentsLeftOut: true,
}

const partsOf = (change: Partial<DeploymentReport> = {}) =>
  reportSchema.parse(presentDeployment({ ...found, ...change })).parts
const titles = (parts: readonly ReportPart[]) => parts.map(({ title }) => title)
const cellsOf = (title: string, change: Partial<DeploymentReport> = {}) =>
  partsOf(change).flatMap((part) =>
    part.type === 'table' && part.title === title ? part.rows.map(({ cells }) => cells) : [],
  )

test('the summary says what failed, what has not looked, and what was not tested', () => {
  expect(presentDeployment(found).summary).toBe(
    'Failed: nightly. Not tested by: weekly. Tested on 1,064 units in one setting. Not tested: larger.',
  )
})

test('a version that nothing has tested is said to be untested', () => {
  const nothing = { gates: [], rules: [], tested: [], untested: [], verdicts: [], trend: [] }
  expect(presentDeployment({ ...found, ...nothing }).summary).toBe('The model has no gate. Nothing was tested.')
  expect(titles(partsOf(nothing))).toEqual(['What was tested'])
})

test('it has gates, rules with intervals, verdicts with intervals, what was and was not tested, and the trend', () => {
  expect(titles(partsOf())).toEqual([
    'Gates',
    'Rules',
    'Verdicts',
    'What was tested',
    'What was not tested',
    'nightly: returns',
  ])
  expect(cellsOf('Gates').map((cells) => cells[1])).toEqual([
    { text: 'fail', tone: 'bad' },
    { text: 'not tested', tone: 'warning' },
  ])
  expect(cellsOf('Rules')[0]).toContainEqual({ estimate: below })
  expect(cellsOf('Verdicts')[0]).toContainEqual({ estimate: { value: 0.3, low: 0.2, high: 0.4 } })
})

test('sets of units are listed with their seeds, and a secret seed is not', () => {
  const sets = 'night (1,000, seed 0), cave (64, secret)'
  expect(cellsOf('What was tested')[0]).toContainEqual({ text: sets })
})

test('the trend has the line of the rule and since when it is violated; one version is no trend', () => {
  expect(partsOf().at(-1)).toMatchObject({
    references: [{ y: 0.5 }],
    caption: 'returns is violated since version 12; the last good one is 11.',
  })
  const [curve] = found.trend
  const short = [{ ...curve!, points: curve!.points.slice(1) }]
  expect(titles(partsOf({ trend: short }))).not.toContain('nightly: returns')
})
