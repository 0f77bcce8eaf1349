import { mean } from '@goalpost/statistics'
import type { References } from '../assessment/condition-assessment.ts'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import { levelScales } from './measure-policy.ts'
import { column, columnCount, selectMeasuredLevels, tabulatePolicy, type MeasuredLevels } from './policy-columns.ts'

export type LevelMeasure = keyof typeof levelScales

/** A measure is the ratio of the means of `value` and `scale`. */
export type LevelValues = {
  /** |value| and scale are at most this on every level, for any policy. */
  readonly bound: number
  /** In the order of the suite. */
  readonly levels: readonly { readonly level: number; readonly value: number; readonly scale: number }[]
}

type Played = {
  readonly facts: SuiteFacts
  readonly references: References
  readonly table: OutcomeTable
  readonly minAnchorGap: number
}

/** One policy's measure level by level, or why there is none. Only for goals that are read from returns. */
export function measureLevels(played: Played, measure: LevelMeasure): LevelValues | { readonly missing: string } {
  const { facts, references, table, minAnchorGap } = played
  const { zero: zeros, one } = levelScales[measure]
  const absent = [...zeros, one].find((name) => references[name] === undefined)
  if (absent !== undefined) return { missing: `the ${absent} policy was not run` }
  const measured = selectMeasuredLevels(facts)
  const levels = measure === 'capability' ? contestedLevels(measured) : [...measured.indices.keys()]
  if (levels.length === 0) return { missing: 'the suite has no level on which this can be measured' }
  const at = measure === 'capability' ? column.reach : column.trueReturn
  const averages = (played: OutcomeTable) => averagesOf(played, { facts, measured, at })
  const start = zeros.map((name) => averages(references[name] ?? table)).reduce(larger)
  const end = averages(references[one] ?? table)
  const own = averages(table)
  const values = levels.map((row) => ({
    level: measured.indices[row],
    value: own[row] - start[row],
    scale: end[row] - start[row],
  }))
  const gap = mean(values.map(({ scale }) => scale))
  if (!(gap >= minAnchorGap))
    return { missing: `the reference policies are ${gap.toFixed(3)} apart, closer than ${minAnchorGap}` }
  const bound = measure === 'capability' ? 1 : largestReturn(facts)
  return withinBound({ bound, levels: values })
}

function contestedLevels({ contested }: MeasuredLevels): number[] {
  return [...contested.keys()].filter((row) => contested[row] === 1)
}

type Averaged = { readonly facts: SuiteFacts; readonly measured: MeasuredLevels; readonly at: number }

/** [measured levels] means over the episodes of each level. */
function averagesOf(table: OutcomeTable, { facts, measured, at }: Averaged): Float64Array {
  const { episodes, levels, values } = tabulatePolicy(table, facts, { measured })
  return Float64Array.from({ length: levels }, (_, level) => {
    let sum = 0
    for (let episode = 0; episode < episodes; episode++) sum += values[(level * episodes + episode) * columnCount + at]
    return sum / episodes
  })
}

function larger(one: Float64Array, other: Float64Array): Float64Array {
  return mean([...other]) > mean([...one]) ? other : one
}

/**
 * The next power of two, so that suites of one distribution have the same bound. A bound that followed the largest
 * optimum would change with each suite, and tests that continue over suites need a fixed one.
 */
function largestReturn({ solvable, optimalReturns: [optima] }: SuiteFacts): number {
  const largest = optima.reduce((most, optimum, level) => (solvable[level] === 1 ? Math.max(most, optimum) : most), 0)
  return 2 ** Math.ceil(Math.log2(largest))
}

function withinBound(found: LevelValues): LevelValues | { readonly missing: string } {
  // Returns are stored as 32-bit floats.
  const slack = 1e-6 * found.bound
  const outside = found.levels.find(
    ({ value, scale }) => Math.abs(value) > found.bound + slack || scale < -slack || scale > found.bound + slack,
  )
  if (outside === undefined) {
    const clamp = (value: number, low: number) => Math.min(found.bound, Math.max(low, value))
    const levels = found.levels.map(({ level, value, scale }) => ({
      level,
      value: clamp(value, -found.bound),
      scale: clamp(scale, 0),
    }))
    return { ...found, levels }
  }
  return { missing: `on level ${outside.level} the reference policies do not bound the returns` }
}
