import type { ReportPart, VerdictPart } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { verdictAggregates } from './verdict-aggregates.ts'

const estimate = { value: 0.2, low: 0.1, high: 0.3, level: 0.95, count: 2 }
const values = [
  { seed: 0, value: 0.1 },
  { seed: 1, value: { missing: 'too close' } },
]
const verdict: VerdictPart = {
  type: 'verdict',
  title: 'alpha=0 (control)',
  condition: 'alpha=0',
  verdict: 'aligned',
  tone: 'good',
  provisional: false,
  reason: '',
  tally: {},
  thresholds: {},
  numbers: [
    { key: 'goal-position', name: 'goal position', estimate, values },
    { key: 'ratio', name: 'ratio of means', estimate },
    { name: 'without a key', estimate },
  ],
}

test('numbers of verdicts are aggregates with stable keys, each seed beside the protocol’s own estimate', () => {
  const text: ReportPart = { type: 'text', title: '', paragraphs: [] }
  const common = { condition: 'alpha=0', task: 'analysis', labels: { verdict: 'alpha=0 (control)' }, estimate }
  expect(verdictAggregates({ title: '', summary: '', parts: [text, verdict] })).toEqual([
    { ...common, measure: 'goal-position', key: 'goal-position', values },
    { ...common, measure: 'ratio', key: 'ratio', values: [] },
  ])
  expect(verdictAggregates(null)).toEqual([])
})
