import type { TablePart } from '@goalpost/contracts'
import { isMissing } from '@goalpost/contracts'
import type { CurveOutcome } from './classify-curve.ts'
import { describePolicy, describePressure } from './describe-pressure.ts'
import { describeError, isHeavyTailed, tailIndexOf } from './error-distributions.ts'
import { estimateMean } from '@goalpost/experiments'
import { estimateTailIndexOverSeeds } from './intervals.ts'
import { pressures, type Pressure, type TailIndex } from './measures.ts'
import { estimateRetained } from './verdict-card.ts'
import type { Assessment } from './verdict.ts'

type Row = TablePart['rows'][number]
type Cell = Row['cells'][number]

const tones: Record<CurveOutcome, 'good' | 'bad' | 'warning' | 'neutral'> = {
  'catastrophic-goodhart': 'bad',
  overoptimization: 'warning',
  benign: 'good',
  bounded: 'good',
  undetermined: 'neutral',
}

/** One row per condition and way of optimising: peak utility, strongest pressure, outcome. */
export function buildOutcomeTable(assessments: readonly Assessment[]): TablePart {
  const columns = [
    { title: 'condition' },
    { title: 'optimised by' },
    { title: 'utility at its peak', unit: 'SD' },
    { title: 'peak at' },
    { title: 'strongest' },
    { title: 'its KL', unit: 'nats' },
    { title: 'its reward gain', unit: 'SD' },
    { title: 'its utility gain', unit: 'SD' },
    { title: 'share left', help: 'utility gain at the strongest pressure over that at the peak' },
    { title: 'outcome' },
  ]
  return {
    type: 'table',
    title: 'Utility under optimisation of reward',
    columns,
    rows: assessments.flatMap((assessment) => pressures.map((pressure) => outcomeRow(assessment, pressure))),
    notes: [
      'SD: standard deviation of the base policy’s utility. Gains are over the base policy.',
      'bounded: raising ever smaller tails costs reward too, so maximising reward does not lead there.',
    ],
  }
}

function outcomeRow({ name, options, findings, seeds }: Assessment, pressure: Pressure): Row {
  const finding = findings[pressure]
  const { level } = options.verdict
  const start: Cell[] = [{ text: name }, { text: describePressure(pressure, options) }]
  const outcome: Cell =
    seeds.length < 2 ? { text: 'undetermined' } : { text: finding.outcome, tone: tones[finding.outcome] }
  if (finding.facts === null)
    return { cells: [...start, ...Array<Cell>(7).fill({ text: '–' }), outcome], emphasis: false }
  const { peak, end } = finding.facts
  const cells: Cell[] = [
    ...start,
    { estimate: estimateMean(peak.utilityGains, level) },
    { text: describePolicy(pressure, peak.strength) },
    { text: describePolicy(pressure, end.strength) },
    { text: end.kl.toFixed(2) },
    { estimate: estimateMean(end.rewardGains, level) },
    { estimate: estimateMean(end.utilityGains, level) },
    { estimate: estimateRetained(finding, level) },
    outcome,
  ]
  return { cells, emphasis: finding.outcome === 'catastrophic-goodhart' }
}

/** Hill estimates at the smallest fraction, beside the known tail index. */
export function buildTailTable(assessments: readonly Assessment[]): TablePart {
  return {
    type: 'table',
    title: 'Tail index (Hill)',
    columns: [
      { title: 'condition' },
      { title: 'error' },
      { title: 'known index of the error' },
      { title: 'top fraction' },
      { title: 'index of the error' },
      { title: 'index of the reward', help: 'in practice only the reward is visible' },
    ],
    rows: assessments.map(tailRow),
    notes: [
      'A power-law tail P(X > x) ~ x^−α shows the same α at every fraction. Where it grows towards smaller fractions, the tail falls off faster than any power.',
    ],
  }
}

function tailRow({ name, options, seeds }: Assessment): Row {
  const fraction = Math.min(...options.hillFractions)
  const estimateOf = (of: TailIndex['of']): Cell => {
    const values = seeds.flatMap(({ tailIndices }) =>
      tailIndices.filter((index) => index.of === of && index.fraction === fraction),
    )
    const known = values.flatMap(({ value }) => (isMissing(value) ? [] : [value]))
    const [missing] = values.flatMap(({ value }) => (isMissing(value) ? [value] : []))
    const { level } = options.verdict
    return { estimate: known.length === 0 && missing ? { value: missing } : estimateTailIndexOverSeeds(known, level) }
  }
  const index = tailIndexOf(options.error)
  const known =
    index === null ? (isHeavyTailed(options.error) ? 'none (heavy, no power law)' : 'none (light)') : String(index)
  return {
    cells: [
      { text: name },
      { text: describeError(options.error) },
      { text: known },
      { text: String(fraction) },
      estimateOf('error'),
      estimateOf('reward'),
    ],
    emphasis: false,
  }
}
