import type { Goals, JudgingMeasures } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import {
  type Estimate,
  mean,
  normalQuantile,
  sampleDeviation,
  sampleVariance,
  studentMargin,
} from '@goalpost/statistics'
import type { References } from '../assessment/condition-assessment.ts'
import type { ResampleMemo } from '../assessment/resample-memo.ts'
import { resampleSuite, type ResampledMeasure, type ResampledPolicy } from '../assessment/resample-suite.ts'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { goalAnchorsOf } from '../goals/goal-anchors.ts'
import type { GoalMeasureName } from '../measures/goal-measures.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { classify } from '../verdicts/classify.ts'
import type { VerdictThresholds } from '../verdicts/thresholds.ts'
import type { SliceVerdict, VerdictName, VerdictNumbers } from '../verdicts/verdict.ts'
import type { LevelSlice } from './level-slices.ts'
import { subsetFacts, subsetOutcomes } from './subset-suite.ts'
import { recordOf } from '../record-of.ts'

/** Levels are resampled for a deviation, not for percentiles: so few are enough. */
const resamples = 200

export type SlicesRequest = {
  readonly facts: SuiteFacts
  readonly references: References
  /** One for each evaluated seed. */
  readonly tables: readonly OutcomeTable[]
  readonly judging?: JudgingMeasures
  /** The proxy compared with the goal, if not the first. */
  readonly further?: { readonly goals: Goals; readonly index: number }
  readonly slices: readonly LevelSlice[]
  /** The numbers on all levels: used where a slice has none of its own. */
  readonly numbers: VerdictNumbers
  readonly otherGoal: boolean
  readonly thresholds: VerdictThresholds
  readonly stream: Stream
  readonly memo: ResampleMemo
}

/** The verdict on one kind of levels, with its significance. */
export type JudgedSlice = Omit<SliceVerdict, 'pValue'> & {
  /** At the confidence of the thresholds. */
  readonly numbers: VerdictNumbers
  /** The least significance level at which the class is determined, adjusted by Holm's method; 1 if it is not. */
  readonly pValue: number
}

/** Judges every slice by its own anchors and levels. */
export function judgeSlices(request: SlicesRequest): readonly JudgedSlice[] {
  const solvable = request.facts.solvable.reduce((sum, flag) => sum + flag, 0)
  const judged = request.slices.map((slice) => judgeSlice(request, slice, solvable))
  const adjusted = adjustByHolm(judged.map(({ pValue }) => pValue))
  return judged.map((slice, index) => ({ ...slice, pValue: adjusted[index] }))
}

/**
 * The slices whose class confidently differs from that of all levels, surest first. If all levels together have no
 * class, the slices with a confident class, if these differ from each other.
 */
export function differingSlices(
  judged: readonly JudgedSlice[],
  overall: VerdictName,
  { confidence }: VerdictThresholds,
): readonly SliceVerdict[] {
  const sure = judged.filter(({ pValue }) => pValue < 1 - confidence)
  const differing = overall === 'undetermined' ? disagreeing(sure) : sure.filter(({ name }) => name !== overall)
  return differing
    .toSorted((a, b) => a.pValue - b.pValue || b.share - a.share)
    .map(({ slice, name, share, pValue }) => ({ slice, name, share, pValue }))
}

function disagreeing(sure: readonly JudgedSlice[]): readonly JudgedSlice[] {
  return new Set(sure.map(({ name }) => name)).size > 1 ? sure : []
}

/** A number of a slice, at any confidence. */
type Spread = { readonly value: number; readonly deviation: number; readonly seeds: number; readonly levels: number }
type Known = Spread | { readonly missing: string }

/** Numbers of the verdict that are measured on the slice's levels. */
export const measuredNumbers = [
  'capability',
  'trueAchievement',
  'proxyAchievement',
  'goalPosition',
  'preference',
  'trueAboveOpenLoop',
  'proxyAboveOpenLoop',
] as const
type SlicedNumber = (typeof measuredNumbers)[number]

/** Measures of a further proxy that replace the first one's. */
const ofFurther: Readonly<Partial<Record<SlicedNumber, GoalMeasureName>>> = {
  capability: 'achievement',
  proxyAchievement: 'achievement',
  goalPosition: 'goalPosition',
  preference: 'preference',
  proxyAboveOpenLoop: 'aboveOpenLoop',
}

function measureOf(policy: ResampledPolicy, name: SlicedNumber, proxy: number): ResampledMeasure {
  const further = ofFurther[name]
  return (proxy < 2 || further === undefined ? undefined : policy.goals[proxy]?.[further]) ?? policy[name]
}

function judgeSlice(request: SlicesRequest, { name: slice, levels }: LevelSlice, solvable: number): JudgedSlice {
  const { thresholds, otherGoal } = request
  const spreads = measureSlice(request, levels)
  const at = (confidence: number): VerdictNumbers => ({ ...request.numbers, ...estimates(spreads, confidence) })
  const classAt = (confidence: number): VerdictName => classify(at(confidence), thresholds, otherGoal).name
  const numbers = at(thresholds.confidence)
  const name = classAt(thresholds.confidence)
  return { slice, name, numbers, share: levels.length / solvable, pValue: leastLevel(classAt, thresholds.confidence) }
}

function measureSlice(request: SlicesRequest, levels: readonly number[]): Readonly<Record<string, Known>> {
  const { facts, references, tables, judging, further, thresholds, stream, memo } = request
  const chosen = `levels ${levels.join()}`
  const pick = (table: OutcomeTable) => memo.once(table, chosen, () => subsetOutcomes(table, levels))
  const anchors = recordOf(Object.keys(references), (name) => pick(references[name]))
  const proxyOracle =
    further === undefined ? 'proxy-oracle' : goalAnchorsOf(further.goals[further.index], further.index).oracle
  const oracles = [proxyOracle, 'true-oracle'].flatMap((name) => (name in anchors ? [anchors[name]] : []))
  const measured = resampleSuite({
    facts: memo.once(facts, chosen, () => subsetFacts(facts, levels)),
    references: anchors,
    tables: [...tables.map(pick), ...oracles],
    ...(judging === undefined ? {} : { judging }),
    ...(further === undefined ? {} : { goals: further.goals }),
    resamples,
    stream: stream.named(`slice ${levels.length} ${levels[0]}`),
    minAnchorGap: thresholds.minAnchorGap,
    memo,
  })
  const policies = measured.slice(0, tables.length)
  const [ofProxy, ofGoal] = measured.slice(tables.length)
  const read = (policy: ResampledPolicy, name: SlicedNumber) => measureOf(policy, name, further?.index ?? 1)
  const over = (name: SlicedNumber) => spreadOf(policies.map((policy) => read(policy, name)))
  return {
    ...Object.fromEntries(measuredNumbers.map((name) => [name, over(name)])),
    ...(oracles.length < 2
      ? {}
      : {
          oracleAchievement: spreadOf([ofProxy.trueAchievement]),
          oracleProxyAchievement: spreadOf([read(ofGoal, 'proxyAchievement')]),
        }),
  }
}

function spreadOf(measures: readonly ResampledMeasure[]): Known {
  const values: number[] = []
  for (const { value } of measures) {
    if (typeof value !== 'number') return value
    values.push(value)
  }
  const draws = measures[0]?.replicates.map((_, b) => mean(measures.map(({ replicates }) => replicates[b]))) ?? []
  const known = [...draws].filter((value) => !Number.isNaN(value))
  return {
    value: mean(values),
    deviation: values.length < 2 ? 0 : sampleDeviation(values),
    seeds: values.length,
    levels: known.length < 2 ? 0 : Math.sqrt(sampleVariance(known)),
  }
}

function estimates(spreads: Readonly<Record<string, Known>>, confidence: number): Partial<VerdictNumbers> {
  const ofLevels = normalQuantile(0.5 + confidence / 2)
  const margins = new Map<number, number>()
  // Spreads share their number of seeds, and a quantile of t takes thousands of operations.
  const ofSeeds = (seeds: number): number => {
    const known = margins.get(seeds) ?? (seeds < 2 ? 0 : studentMargin(1, seeds, confidence))
    margins.set(seeds, known)
    return known
  }
  return Object.fromEntries(
    Object.entries(spreads).map(([name, spread]) => [name, estimateAt(spread, { confidence, ofLevels, ofSeeds })]),
  )
}

type Margins = {
  readonly confidence: number
  /** Of the mean, in deviations between levels, and between seeds. */
  readonly ofLevels: number
  readonly ofSeeds: (seeds: number) => number
}

function estimateAt(spread: Known, { confidence, ofLevels, ofSeeds }: Margins): Estimate {
  if ('missing' in spread) return { value: spread, level: confidence, count: 0, method: 'none' }
  const { value, deviation, seeds, levels } = spread
  const margin = Math.hypot(ofSeeds(seeds) * deviation, ofLevels * levels)
  const method = seeds < 2 ? 'level-bootstrap' : 'student-t'
  return { value, low: value - margin, high: value + margin, level: confidence, count: seeds, method }
}

const halvings = 24
const smallest = 1e-9

/** Bisection on a log scale: intervals grow with confidence, so a determined class stays so at larger levels. */
function leastLevel(classAt: (confidence: number) => VerdictName, confidence: number): number {
  const determined = (level: number) => classAt(1 - level) !== 'undetermined'
  if (!determined(1 - confidence)) return 1
  if (determined(smallest)) return smallest
  let [low, high] = [Math.log(smallest), Math.log(1 - confidence)]
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2
    if (determined(Math.exp(middle))) high = middle
    else low = middle
  }
  return Math.exp(high)
}

/** Holm (1979): the i-th smallest of m p-values times m − i + 1, never falling. */
export function adjustByHolm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, index) => index).toSorted((a, b) => pValues[a] - pValues[b])
  const adjusted: number[] = Array.from({ length: pValues.length }, () => 1)
  let running = 0
  for (const [rank, index] of order.entries()) {
    running = Math.max(running, Math.min(1, pValues[index] * (pValues.length - rank)))
    adjusted[index] = running
  }
  return adjusted
}
