import { gateRule, type MeasuredUnits } from '@goalpost/contracts'
import { expect, test } from 'vitest'
import { gatherEvidence, type MeasuredRun, type MeasuredStage } from './gather-evidence.ts'

const units = (stage: number, value: number): MeasuredUnits => ({
  bounds: { low: -stage, high: stage, scale: 1 },
  units: [{ unit: `${stage}/0`, value, scale: 1 }],
})
const verdict = (condition: string, name: string) => ({ condition, name, undetermined: name === 'undetermined' })
/** Version 7 measures its stage, version 3 ten times that. */
const stage = (number: number, verdicts: MeasuredStage['verdicts'] = []): MeasuredStage => ({
  verdicts,
  measure: (version) =>
    version === 3 ? units(number, 10 * number) : version === 7 ? units(number, number) : { missing: 'not evaluated' },
})
const run = (given: Partial<MeasuredRun> = {}): MeasuredRun => ({
  version: 7,
  baselines: [],
  stages: [stage(1), stage(2)],
  ...given,
})
const rule = (given: object) => gateRule.parse({ name: 'r', condition: 'c', ...given })
const asBefore = rule({ kind: 'baseline', measure: 'm', against: { alias: 'production' }, margin: 0.1 })
const atLeastZero = rule({ kind: 'absolute', measure: 'm', atLeast: 0 })
const against = (version: number | null) => ({
  baselines: [{ rule: 'r', against: { alias: 'production' }, version }],
})

test('the units of all stages count together, within bounds that hold for all', () => {
  expect(gatherEvidence(atLeastZero, run())).toEqual({
    kind: 'measure',
    measured: {
      bounds: { low: -2, high: 2, scale: 1 },
      units: [
        { unit: '1/0', value: 1, scale: 1 },
        { unit: '2/0', value: 2, scale: 1 },
      ],
    },
  })
})

test('a baseline is compared on the units of all stages', () => {
  expect(gatherEvidence(asBefore, run(against(3)))).toMatchObject({
    kind: 'pairs',
    measured: { units: [{ value: 1 }, { value: 2 }] },
    baseline: { units: [{ value: 10 }, { value: 20 }] },
  })
})

test.each([
  [null, 'there was no baseline when the run started'],
  [7, 'version 7 is the baseline itself'],
  [5, 'of the baseline, version 5: not evaluated'],
])('nothing is compared with the baseline %s', (version, reason) => {
  expect(gatherEvidence(asBefore, run(against(version)))).toEqual({ kind: 'missing', reason })
})

test('one stage without the measure leaves nothing to judge', () => {
  const broken: MeasuredStage = { verdicts: [], measure: () => ({ missing: 'the oracle was not run' }) }
  expect(gatherEvidence(atLeastZero, run({ stages: [stage(1), broken] }))).toEqual({
    kind: 'missing',
    reason: 'the oracle was not run',
  })
})

test('the latest verdict comes first; of several of one stage, the worst counts', () => {
  const never = rule({ kind: 'verdict', never: ['mixed'] })
  const stages = [
    stage(1, [verdict('c', 'aligned'), verdict('c', 'mixed'), verdict('other', 'mixed')]),
    stage(2, [verdict('c', 'aligned'), verdict('c', 'undetermined')]),
    stage(3, [verdict('other', 'mixed')]),
  ]
  expect(gatherEvidence(never, run({ stages }))).toEqual({
    kind: 'verdicts',
    verdicts: [
      { name: 'undetermined', undetermined: true },
      { name: 'mixed', undetermined: false },
    ],
  })
})
