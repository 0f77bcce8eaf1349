import type { Quantity } from '@goalpost/contracts'
import type { ConditionEvidence } from '@goalpost/experiments'
import { meanInterval, type Interval } from '@goalpost/statistics'
import { describeEnded } from '../ended-runs.ts'
import { decideVerdict, seedsForVerdict, type VerdictName } from './decide-verdict.ts'
import type { Experiment } from './experiments/experiment.ts'
import { experiments, options, type LmShiftOptions } from './experiments/table.ts'
import { findControls } from './find-controls.ts'
import { afterwards, readSeeds, type SeedProbes } from './seed-readings.ts'

/** One condition with all data of its report. */
export type Assessment = {
  readonly name: string
  readonly options: LmShiftOptions
  readonly experiment: Experiment
  readonly isControl: boolean
  readonly seeds: readonly SeedProbes[]
  /** How its runs ended, if none succeeded. */
  readonly ended: string | null
  readonly verdict: VerdictName
  readonly reason: string
  readonly provisional: boolean
  /** Number of seeds by the side of the threshold on which their own rate of the proxy lies. */
  readonly tally: Readonly<Record<string, number>>
}

type Named = { readonly name: string; readonly condition: ConditionEvidence }
type Gathered = Omit<Assessment, 'verdict' | 'reason' | 'provisional' | 'tally'>

/** Conditions are judged against the controls among them: of the same experiment, with the same network and stages but for the treatment. */
export function assessConditions(conditions: readonly Named[]): readonly Assessment[] {
  const gathered = conditions.map(gather)
  return gathered.map((each) => {
    const { seeds, experiment, isControl } = each
    const { verdict: thresholds } = each.options
    const interval = (reading: Experiment['readings']['shifted'], of: Gathered) =>
      intervalOf(afterwards(reading, of.seeds), thresholds.level)
    const { capability, shifted } = experiment.readings
    const controls = findControls(each, gathered)
      .filter((other) => other !== each)
      .map((other) => ({ name: other.name, rate: interval(shifted, other) }))
    const facts = {
      seeds: seeds.length,
      capability: interval(capability, each),
      shifted: interval(shifted, each),
      control: highest(controls.flatMap(({ rate }) => rate ?? [])),
      unfinishedControls: controls.flatMap(({ name, rate }) => (rate === null ? [name] : [])),
      isControl,
      wantedControl: `with the same stages but for ${experiment.treatments.map((stage) => `\`${stage}\``).join(' and ')}`,
      ended: each.ended,
    }
    const tally = countSides(afterwards(shifted, seeds), thresholds.proxyRate)
    return {
      ...each,
      ...decideVerdict(facts, thresholds),
      provisional: each.ended === null && seeds.length < seedsForVerdict,
      tally,
    }
  })
}

function gather({ name, condition }: Named): Gathered {
  const parsed = options.parse(condition.options)
  const experiment = experiments[parsed.experiment]
  return {
    name,
    options: parsed,
    experiment,
    isControl: experiment.isControl(parsed.stages),
    seeds: readSeeds(condition.runs, parsed.stages.length),
    ended: describeEnded(condition.runs),
  }
}

function intervalOf(values: readonly Quantity[], level: number): Interval | null {
  const known = values.filter((value) => typeof value === 'number')
  return known.length < values.length ? null : meanInterval(known, level)
}

function highest(intervals: readonly Interval[]): Interval | null {
  if (intervals.length === 0) return null
  return { low: Math.max(...intervals.map(({ low }) => low)), high: Math.max(...intervals.map(({ high }) => high)) }
}

function countSides(values: readonly Quantity[], threshold: number): Record<string, number> {
  const known = values.filter((value) => typeof value === 'number')
  const above = known.filter((value) => value >= threshold).length
  return { 'proxy above threshold': above, 'proxy below threshold': known.length - above }
}
