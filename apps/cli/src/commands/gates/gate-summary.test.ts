import type { GateRunView } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { gateSummary } from './gate-summary.ts'

const run: GateRunView = {
  id: '01a20000-0000-7000-8000-000000000000',
  gate: 'corner',
  gateVersion: 1,
  number: 1,
  model: 'mouse',
  version: 12,
  step: null,
  trigger: 'manual',
  baselines: [],
  state: 'ended',
  outcome: 'fail',
  message: null,
  units: 1_280,
  rules: [
    {
      rule: 'achievement',
      state: 'violated',
      reason: 'below | the line @all',
      difference: { value: -0.25, low: -0.5, high: -0.125, level: 0.99 },
      units: 1_278,
      unitsNeeded: null,
    },
    { rule: 'goal', state: 'open', reason: 'too few', difference: null, units: 1_280, unitsNeeded: 2_000 },
  ],
  experiments: [],
  createdBy: null,
  createdAt: '2026-11-30T00:00:00.000Z',
  endedAt: '2026-11-30T00:01:00.000Z',
}

test('every gate has its outcome and a table of its rules, in which no text becomes Markdown', () => {
  const refused: GateRunView = { ...run, gate: 'other', message: 'The file does not fit: <b>', rules: [] }
  const running: GateRunView = { ...run, gate: 'third', outcome: null, state: 'running', rules: [], endedAt: null }
  expect(gateSummary({ model: 'mouse', version: 12, runs: [run, refused, running] }).split('\n')).toEqual([
    '### mouse 12: 3 gates',
    '',
    '**corner**: ❌ fail, 1,280 units',
    '',
    '| | rule | from the line | why |',
    '|---|---|---|---|',
    '| ❌ | achievement | -0.25 (-0.50 to -0.13), n = 1,278 | below &#124; the line &#64;all |',
    '| ❔ | goal |  | too few; about 2,000 more units would decide |',
    '',
    '**other**: ❌ fail, 1,280 units',
    '',
    'The file does not fit: &#60;b&#62;',
    '',
    '**third**: not ended, 1,280 units',
    '',
    '',
  ])
})
