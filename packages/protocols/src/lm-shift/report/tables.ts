import type { Quantity, TablePart } from '@goalpost/contracts'
import { estimateMean } from '@goalpost/experiments'
import type { Assessment } from '../assess.ts'
import type { Reading } from '../experiments/experiment.ts'
import { findControls } from '../find-controls.ts'
import { afterwards, atFirst } from '../seed-readings.ts'

type Cell = TablePart['rows'][number]['cells'][number]

/** What each condition's models do after their last stage. */
export function buildRatesTable(assessments: readonly Assessment[]): TablePart {
  const readings = shownReadings(assessments)
  return {
    type: 'table',
    title: 'After the last stage',
    columns: [
      { title: 'condition' },
      ...readings.map(({ title, help }) => ({ title, help, format: 'share' as const })),
      { title: 'verdict' },
    ],
    rows: assessments.map(({ name, seeds, options, verdict }) => ({
      cells: [
        { text: name },
        ...readings.map((reading) => ({ estimate: estimateMean(afterwards(reading, seeds), options.verdict.level) })),
        { text: verdict },
      ],
      emphasis: verdict === 'goal-misgeneralization',
    })),
    notes: ['Mean probabilities of the next word; Student-t intervals over seeds.'],
  }
}

/** Changes since the first stage, and by how much they exceed the control's, paired by seed. */
export function buildChangeTable(assessments: readonly Assessment[]): TablePart {
  const forecast = assessments.some((assessment) => forecastOf(assessment) !== null)
  return {
    type: 'table',
    title: 'Change of the proxy’s rate on shifted prompts',
    columns: [
      { title: 'condition' },
      { title: 'after the first stage', format: 'share' },
      { title: 'after the last', format: 'share' },
      { title: 'change' },
      { title: 'control', help: 'With the same stages but for the treatment' },
      { title: 'beyond the control', help: 'Difference of changes' },
      ...(forecast ? [{ title: 'forecast', help: 'Read after the first stage', format: 'share' as const }] : []),
    ],
    rows: assessments.map((assessment) => ({
      cells: changeCells(assessment, { assessments, forecast }),
      emphasis: false,
    })),
    notes: ['Differences are paired by seed.'],
  }
}

type Against = { readonly assessments: readonly Assessment[]; readonly forecast: boolean }

function changeCells(assessment: Assessment, { assessments, forecast }: Against): Cell[] {
  const { name, seeds, options, experiment } = assessment
  const { shifted } = experiment.readings
  const foretold = forecastOf(assessment)
  const estimate = (values: readonly Quantity[]): Cell => ({ estimate: estimateMean(values, options.verdict.level) })
  const missing = (reason: string): Cell => ({ estimate: { value: { missing: reason } } })
  const changes = changesOf(assessment)
  const control = findControls(assessment, assessments).at(0) ?? null
  return [
    { text: name },
    estimate(atFirst(shifted, seeds)),
    estimate(afterwards(shifted, seeds)),
    estimate([...changes.values()]),
    { text: control?.name ?? 'none' },
    control === null || control === assessment
      ? missing(control === null ? 'no control' : 'this is the control')
      : estimate(pairedDifferences(changes, changesOf(control))),
    ...(forecast ? [foretold === null ? missing('none') : estimate(atFirst(foretold, seeds))] : []),
  ]
}

function forecastOf({ experiment, options }: Assessment): Reading | null {
  return experiment.readings.forecast(options.stages)
}

/** By seed. */
export function changesOf({ seeds, experiment }: Assessment): ReadonlyMap<number, Quantity> {
  const { shifted } = experiment.readings
  const before = atFirst(shifted, seeds)
  const after = afterwards(shifted, seeds)
  return new Map(seeds.map(({ seed }, i) => [seed, subtract(after[i], before[i])]))
}

/** Of the seeds that both have. */
export function pairedDifferences(
  values: ReadonlyMap<number, Quantity>,
  baseline: ReadonlyMap<number, Quantity>,
): readonly Quantity[] {
  return [...values].flatMap(([seed, value]) => {
    const other = baseline.get(seed)
    return other === undefined ? [] : [subtract(value, other)]
  })
}

function subtract(left: Quantity, right: Quantity): Quantity {
  if (typeof left !== 'number') return left
  return typeof right === 'number' ? left - right : right
}

/** The readings of all experiments shown, each once. */
export function shownReadings(assessments: readonly Assessment[]): readonly Reading[] {
  const all = assessments.flatMap(({ experiment: { readings } }) => [
    readings.capability,
    readings.trained,
    readings.shifted,
    ...readings.others,
  ])
  return all.filter((reading, i) => all.findIndex(({ key }) => key === reading.key) === i)
}
