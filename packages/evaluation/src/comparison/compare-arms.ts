import type { EpisodeMeasure, Goals } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import {
  type Estimate,
  estimateDifference,
  improvementInterval,
  mean,
  probabilityOfImprovement,
} from '@goalpost/statistics'
import type { ResampleMemo } from '../assessment/resample-memo.ts'
import { resampleSuite, type ResampledMeasure, type ResampledPolicy } from '../assessment/resample-suite.ts'
import type { References } from '../assessment/condition-assessment.ts'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { type MeasureName, measureNames } from '../measures/measure-names.ts'
import { selectMeasuredLevels } from '../measures/policy-columns.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { defaultThresholds } from '../verdicts/thresholds.ts'
import { recordOf } from '../record-of.ts'

/** One side of a comparison: a table for each training seed, all on the same suite. */
export type ComparedArm = {
  readonly name: string
  readonly suiteHash: string
  readonly tables: readonly OutcomeTable[]
}

export type ComparisonRequest = {
  readonly facts: SuiteFacts
  readonly references: References
  readonly left: ComparedArm
  readonly right: ComparedArm
  /** The environment's measures beside the returns; default: none. */
  readonly measures?: readonly EpisodeMeasure[]
  /** Those that the arms were assessed with, if they are: they change nothing, but what the memo has can be used. */
  readonly goals?: Goals
  readonly memo?: ResampleMemo
  readonly confidence?: number
  readonly resamples?: number
  readonly bootstrapSeed?: number
}

export type MeasureComparison = {
  readonly left: Estimate['value']
  readonly right: Estimate['value']
  /** left − right; levels are paired, seeds are independent. */
  readonly difference: Estimate
  /** Chance that a seed of the left arm has a larger value than one of the right arm; ties count half. */
  readonly probabilityLarger: Estimate
}

export type ArmComparison = {
  readonly measures: Readonly<Record<MeasureName, MeasureComparison>>
  /** The environment's own measures, in the order of its table; over the seeds on which they are defined. */
  readonly counted: readonly (Pick<EpisodeMeasure, 'name' | 'description'> & MeasureComparison)[]
  /** Per solvable level: mean true return of the left arm − that of the right arm, over seeds and episodes. */
  readonly levelDifferences: Float64Array
  /** The levels with the largest such differences, the largest first; none with equal means. */
  readonly mostDifferent: readonly LevelDifference[]
  readonly levelsHigher: number
  readonly levelsEqual: number
  readonly levelsLower: number
}

/** The mean true return of both arms on one level. */
export type LevelDifference = { readonly level: number; readonly left: number; readonly right: number }

/** Levels named one by one. */
const mostNamed = 10

/**
 * Two arms side by side on one suite. Throws a RangeError if an arm was evaluated on another suite: differences would
 * then compare levels, not policies.
 */
export function compareArms(request: ComparisonRequest): ArmComparison {
  const { facts, references, left, right, measures: counted = [] } = request
  const { confidence = defaultThresholds.confidence, resamples = 1000 } = request
  for (const arm of [left, right])
    if (arm.suiteHash !== facts.hash) throw new RangeError(`${arm.name} was evaluated on a different suite`)
  const stream = createStream(request.bootstrapSeed ?? 0)
    .named('bootstrap')
    .named(facts.hash)
  const policies = resampleSuite({
    facts,
    references,
    tables: [...left.tables, ...right.tables],
    measures: counted,
    resamples,
    stream: stream.named('levels'),
    minAnchorGap: defaultThresholds.minAnchorGap,
    ...(request.goals === undefined ? {} : { goals: request.goals }),
    ...(request.memo === undefined ? {} : { memo: request.memo }),
  })
  const arms = { left: policies.slice(0, left.tables.length), right: policies.slice(left.tables.length) }
  const measures = recordOf(measureNames, (name) =>
    compareMeasure(
      armsOf(arms, (policy) => policy[name]),
      confidence,
    ),
  )
  return {
    measures,
    counted: counted.map(({ name, description }) => ({
      name,
      description,
      ...compareMeasure(whereKnown(armsOf(arms, (policy) => countedOf(policy, name))), confidence),
    })),
    ...compareLevels(facts, left, right),
  }
}

/** The measures of each seed. */
type Arms<Measured> = { readonly left: readonly Measured[]; readonly right: readonly Measured[] }

function armsOf(
  { left, right }: Arms<ResampledPolicy>,
  measure: (policy: ResampledPolicy) => ResampledMeasure,
): Arms<ResampledMeasure> {
  return { left: left.map(measure), right: right.map(measure) }
}

function countedOf({ counted }: ResampledPolicy, name: string): ResampledMeasure {
  const measure = counted.get(name)
  if (measure === undefined) throw new RangeError(`${name} was not measured`)
  return measure
}

/** Unlike a scale between anchors, a counted measure may exist for some seeds only. */
function whereKnown({ left, right }: Arms<ResampledMeasure>): Arms<ResampledMeasure> {
  const keep = (arm: readonly ResampledMeasure[]) => {
    const known = arm.filter(({ value }) => typeof value === 'number')
    return known.length === 0 ? arm : known
  }
  return { left: keep(left), right: keep(right) }
}

function compareMeasure({ left, right }: Arms<ResampledMeasure>, confidence: number): MeasureComparison {
  const leftValues = knownValues(left)
  const rightValues = knownValues(right)
  if (leftValues === null || rightValues === null) {
    const missing = [...left, ...right].map(({ value }) => value).find((value) => typeof value !== 'number')
    const value = missing ?? { missing: 'an arm has no evaluated seed' }
    const nothing: Estimate = { value, level: confidence, count: 0, method: 'none' }
    return { left: value, right: value, difference: nothing, probabilityLarger: nothing }
  }
  const replicates = (arm: readonly ResampledMeasure[]): Float64Array[] => arm.map((measure) => measure.replicates)
  return {
    left: mean(leftValues),
    right: mean(rightValues),
    difference: estimateDifference(
      { values: leftValues, replicates: replicates(left) },
      { values: rightValues, replicates: replicates(right) },
      { confidence, levels: left[0].levels },
    ),
    probabilityLarger: estimateProbability(leftValues, rightValues, confidence),
  }
}

function knownValues(arm: readonly ResampledMeasure[]): number[] | null {
  const values = arm.map(({ value }) => value).filter((value) => typeof value === 'number')
  return values.length === arm.length && values.length > 0 ? values : null
}

function estimateProbability(left: readonly number[], right: readonly number[], confidence: number): Estimate {
  const value = probabilityOfImprovement(left, right)
  const base = { value, level: confidence, count: Math.min(left.length, right.length) }
  const interval = improvementInterval(value, { left: left.length, right: right.length }, confidence)
  return interval === null ? { ...base, method: 'none' } : { ...base, ...interval, method: 'score' }
}

function compareLevels(
  facts: SuiteFacts,
  left: ComparedArm,
  right: ComparedArm,
): Omit<ArmComparison, 'measures' | 'counted'> {
  const { indices } = selectMeasuredLevels(facts)
  const means = Array.from(indices, (level) => ({
    level,
    left: levelMean(left, level),
    right: levelMean(right, level),
  }))
  const levelDifferences = Float64Array.from(means, (one) => one.left - one.right)
  const distance = (one: LevelDifference) => Math.abs(one.left - one.right)
  return {
    levelDifferences,
    mostDifferent: means
      .filter((one) => distance(one) > 0)
      .toSorted((a, b) => distance(b) - distance(a) || a.level - b.level)
      .slice(0, mostNamed),
    levelsHigher: levelDifferences.filter((difference) => difference > 0).length,
    levelsEqual: levelDifferences.filter((difference) => difference === 0).length,
    levelsLower: levelDifferences.filter((difference) => difference < 0).length,
  }
}

function levelMean({ tables }: ComparedArm, level: number): number {
  return mean(
    tables.map(({ goals: [{ returns }], episodes }) =>
      mean(returns.subarray(level * episodes, (level + 1) * episodes)),
    ),
  )
}
