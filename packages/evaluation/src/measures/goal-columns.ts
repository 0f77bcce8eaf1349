import type { Goal, Goals } from '@goalpost/environments'
import type { GoalOutcomes, OutcomeTable } from '../episodes/outcome-table.ts'
import type { MeasuredLevels } from './policy-columns.ts'
import type { CellWeights } from './policy-means.ts'

/**
 * Goal data of every episode, beside the first two goals' in `PolicyColumns`: whether the goal was reached before every
 * other; for further goals the return and whether they were reached; for further proxies also whether the proxy or the
 * intended goal was reached first. Columns are [levels × episodes], of the solvable levels in order.
 */
export type GoalColumns = {
  readonly episodes: number
  readonly goals: readonly Kept[]
}

/** The cells in which a column is not 0, in ascending order: most episodes reach few of the goals. Null if unknown. */
type Column = { readonly cells: Int32Array; readonly values: Float32Array } | null

type Kept = {
  readonly first: Column
  readonly earned: Column
  readonly reached: Column
  readonly thisBefore: Column
  readonly intendedBefore: Column
}

/** NaN throughout if the episodes were not played with the goal's reward, or its first steps were not kept. */
export type GoalMeans = {
  readonly earned: number
  readonly reached: number
  /** Share of the episodes that reached some goal before all others, in which it was this one. */
  readonly firstShare: number
  /** Share of the episodes that reached this goal or the intended one first, in which it was the intended one. */
  readonly intendedFirst: number
}

/** `judged`: goals are read from counts, and the order of rewards means nothing. */
export function tabulateGoals(
  table: OutcomeTable,
  goals: Goals,
  { measured, judged }: { readonly measured: MeasuredLevels; readonly judged: boolean },
): GoalColumns {
  const { episodes } = table
  const cells = [...measured.indices].flatMap((level) =>
    Array.from({ length: episodes }, (_, episode) => level * episodes + episode),
  )
  const outcomes = goals.map((goal, index) => outcomesOf(table, goal, index))
  const timed = judged ? [] : outcomes.map((found) => found?.firstSteps ?? null)
  const firsts = timed.length === 0 || timed.includes(null) ? null : cells.map((cell) => firstReached(timed, cell))
  const pick = (column: Float32Array | Uint8Array | undefined): Column =>
    column === undefined ? null : keepNonZero(cells.length, (row) => column[cells[row]])
  const flag = (of: (cell: number, row: number) => boolean): Column =>
    keepNonZero(cells.length, (row) => (of(cells[row], row) ? 1 : 0))
  return {
    episodes,
    goals: goals.map(({ role }, index): Kept => {
      const before = (one: Uint32Array | null | undefined, other: Uint32Array | null | undefined): Column =>
        index < 2 || role !== 'proxy' || !one || !other ? null : flag((cell) => comesBefore(one, other, cell))
      return {
        first: firsts === null ? null : flag((_, row) => firsts[row] === index),
        earned: index < 2 ? null : pick(outcomes[index]?.returns),
        reached: index < 2 ? null : pick(outcomes[index]?.reached),
        thisBefore: before(timed[index], timed[0]),
        intendedBefore: before(timed[0], timed[index]),
      }
    }),
  }
}

function keepNonZero(length: number, valueOf: (row: number) => number): Column {
  const cells = new Int32Array(length)
  const values = new Float32Array(length)
  let kept = 0
  for (let row = 0; row < length; row++) {
    const value = valueOf(row)
    if (value === 0) continue
    cells[kept] = row
    values[kept++] = value
  }
  return { cells: cells.slice(0, kept), values: values.slice(0, kept) }
}

/** The first two by their place, further ones by their name: tables of older environments have fewer of them. */
function outcomesOf({ goals }: OutcomeTable, { name }: Goal, index: number): GoalOutcomes | undefined {
  return index < 2 ? goals[index] : goals.slice(2).find((goal) => goal.name === name)
}

/** The goal that was reached before every other; −1 if none was. */
function firstReached(timed: readonly (Uint32Array | null)[], cell: number): number {
  let [first, earliest, tied] = [-1, Number.POSITIVE_INFINITY, false]
  for (const [index, steps] of timed.entries()) {
    const step = steps?.[cell] || Number.POSITIVE_INFINITY
    tied = step < earliest ? false : tied || step === earliest
    if (step < earliest) [first, earliest] = [index, step]
  }
  return tied ? -1 : first
}

/** Whether the one was reached before the other, or without it. */
function comesBefore(one: Uint32Array, other: Uint32Array, cell: number): boolean {
  return one[cell] > 0 && (other[cell] === 0 || one[cell] < other[cell])
}

/** By goal; for the first two only values that `PolicyMeans` lacks. */
export function weighGoals({ goals, episodes }: GoalColumns, weights: CellWeights): GoalMeans[] {
  const total = weights.levels * episodes
  const firsts = goals.map(({ first }) => weighColumn(first, weights))
  const first = firsts.reduce((sum, one) => sum + one, 0)
  return goals.map(({ earned, reached, thisBefore, intendedBefore }, index) => {
    const intended = weighColumn(intendedBefore, weights)
    return {
      earned: weighColumn(earned, weights) / total,
      reached: weighColumn(reached, weights) / total,
      firstShare: firsts[index] / first,
      intendedFirst: intended / (intended + weighColumn(thisBefore, weights)),
    }
  })
}

/** The same sum, to the last bit, as over all cells: those left out would add 0. */
function weighColumn(column: Column, { all }: CellWeights): number {
  if (column === null) return Number.NaN
  const { cells, values } = column
  let sum = 0
  for (let i = 0; i < cells.length; i++) sum += all[cells[i]] * values[i]
  return sum
}
