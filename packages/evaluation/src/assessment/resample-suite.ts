import type { EpisodeMeasure, Goals, JudgingMeasures } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import type { Quantity } from '@goalpost/statistics'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import { createGoalMeasures, type GoalMeasureName, ownMeasures } from '../measures/goal-measures.ts'
import { type MeasureName, measureNames } from '../measures/measure-names.ts'
import { createMeasures } from '../measures/measure-policy.ts'
import { type MeasuredLevels, selectMeasuredLevels } from '../measures/policy-columns.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import type { References } from './condition-assessment.ts'
import { createResampleMemo, type ResampleMemo } from './resample-memo.ts'
import { drawKey, weighReplicates, type WeighedSuite } from './weigh-suite.ts'
import { recordOf } from '../record-of.ts'

/** One measure of one policy: its value, and [resamples] values under resampled levels, episodes and anchors. */
export type ResampledMeasure = {
  readonly value: Quantity
  readonly replicates: Float64Array
  /** How many levels were resampled. */
  readonly levels: number
}

export type ResampledPolicy = Readonly<Record<MeasureName, ResampledMeasure>> & {
  /** The environment's own measures, by name. */
  readonly counted: ReadonlyMap<string, ResampledMeasure>
  /** About each goal, in the environment's order; measures that do not apply to it are absent. */
  readonly goals: readonly ResampledGoal[]
}
export type ResampledGoal = Readonly<Partial<Record<GoalMeasureName, ResampledMeasure>>>

export type ResamplingRequest = {
  readonly facts: SuiteFacts
  readonly references: References
  /** All policies to be measured; replicate b resamples the same levels for all of them. */
  readonly tables: readonly OutcomeTable[]
  /**
   * Tables whose episodes are drawn, in this order, in each replicate; default: references, then tables. A replicate's
   * draws depend on the order in which numbers of episodes per level first appear.
   */
  readonly drawn?: readonly OutcomeTable[]
  /** The environment's measures from the tables' counters; default: none. */
  readonly measures?: readonly EpisodeMeasure[]
  /** The environment's measures that verdicts read instead of returns. */
  readonly judging?: JudgingMeasures
  /** The environment's; default: nothing is measured by goal. */
  readonly goals?: Goals
  readonly resamples: number
  readonly stream: Stream
  readonly minAnchorGap: number
  /** Shared by calls about the same tables; default: none. */
  readonly memo?: ResampleMemo
}

/** Measures every table against the references, and again under every bootstrap replicate. */
export function resampleSuite(request: ResamplingRequest): readonly ResampledPolicy[] {
  const { facts, memo = createResampleMemo() } = request
  const measured = memo.once(facts, 'measured levels', () => selectMeasuredLevels(facts))
  const levels = { solvable: measured.indices.length, contested: measured.contestedCount }
  const key = measuresKey({ ...request, memo })
  const fresh: Fresh[] = []
  const policies = request.tables.map((table) =>
    memo.once(table, key, () => {
      const made = createPolicy(request, levels)
      fresh.push({ table, ...made })
      return made.policy
    }),
  )
  if (levels.solvable > 0 && fresh.length > 0) measureAll({ ...request, memo, measured }, fresh)
  return policies
}

/** Equal for requests that measure a table alike. */
function measuresKey(request: ResamplingRequest & { readonly memo: ResampleMemo }): string {
  const { references, measures = [], judging, goals, minAnchorGap, memo } = request
  const anchors = Object.entries(references).map(([name, table]) => [name, memo.idOf(table)])
  const ids = [judging, goals].map((given) => (given === undefined ? 0 : memo.idOf(given)))
  return `measures ${drawKey(request)} ${JSON.stringify([anchors, ids, measures, minAnchorGap])}`
}

/** A policy that was not measured before, and its table. */
type Fresh = Measured & { readonly table: OutcomeTable }

function measureAll(
  request: ResamplingRequest & { readonly memo: ResampleMemo; readonly measured: MeasuredLevels },
  fresh: readonly Fresh[],
): void {
  const suiteAt = weighReplicates(
    request,
    fresh.map(({ table }) => table),
  )
  record(fresh, suiteAt(0), {
    readers: createReaders(request, request.minAnchorGap),
    write: (measure, value) => (measure.value = value),
  })
  // The scale was long enough at the point estimate: a replicate with a shorter one still counts.
  const lenient = createReaders(request, Number.MIN_VALUE)
  for (let b = 0; b < request.resamples; b++)
    record(fresh, suiteAt(b + 1), {
      // A value missing at the point estimate has no replicates.
      readers: lenient,
      wanted: ({ value }) => typeof value === 'number',
      write: (measure, value) => {
        if (typeof value === 'number') measure.replicates[b] = value
      },
    })
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
type MutableMeasure = Mutable<ResampledMeasure>
/** A policy, and all its measures in the order of the readers. */
type Measured = { readonly policy: ResampledPolicy; readonly all: readonly MutableMeasure[] }

type Reader = (suite: WeighedSuite, policy: number) => Quantity

/** One for each measure: the named ones, each goal's remaining ones, the counted ones. */
function createReaders({ goals, measures = [] }: ResamplingRequest, minAnchorGap: number): readonly Reader[] {
  const named = createMeasures(minAnchorGap)
  const byGoal = goals === undefined ? [] : createGoalMeasures(goals, minAnchorGap)
  return [
    ...measureNames.map(
      (name): Reader =>
        ({ policies, means }, i) =>
          named[name](policies[i].means, means),
    ),
    ...byGoal
      .flatMap((formulas) => Object.values(formulas))
      .map(
        (formula): Reader =>
          ({ policies, anchors }, i) =>
            formula(policies[i], anchors),
      ),
    ...measures.map(
      (_, index): Reader =>
        ({ counted }, i) =>
          counted[i][index],
    ),
  ]
}

type Recording = {
  readonly readers: readonly Reader[]
  readonly wanted?: (measure: MutableMeasure) => boolean
  readonly write: (measure: MutableMeasure, value: Quantity) => void
}

function record(results: readonly Measured[], suite: WeighedSuite, { readers, wanted, write }: Recording): void {
  for (const [policy, { all }] of results.entries())
    for (const [index, measure] of all.entries())
      if (wanted === undefined || wanted(measure)) write(measure, readers[index](suite, policy))
}

/** Measures of levels where both goals are reachable. */
const onContested: readonly MeasureName[] = ['capability', 'goalFirst', 'preference']

/** Empty values, in the order of the readers. */
function createPolicy(
  { goals, measures = [], resamples }: ResamplingRequest,
  { solvable, contested }: { readonly solvable: number; readonly contested: number },
): Measured {
  const all: MutableMeasure[] = []
  const add = (levels = solvable): ResampledMeasure => {
    const replicates = new Float64Array(resamples).fill(Number.NaN)
    const empty = { value: { missing: 'no level of this suite can be solved' }, replicates, levels }
    all.push(empty)
    return empty
  }
  const named = recordOf(measureNames, (name) => add(onContested.includes(name) ? contested : solvable))
  const byGoal = (goals === undefined ? [] : createGoalMeasures(goals, 0)).map((formulas, index): ResampledGoal => {
    const own = Object.entries(ownMeasures[index] ?? {}).map(([name, measure]) => [name, named[measure]])
    return Object.fromEntries([...own, ...Object.keys(formulas).map((name) => [name, add()])])
  })
  const counted = new Map(measures.map(({ name }) => [name, add()]))
  return { policy: { ...named, goals: byGoal, counted }, all }
}
