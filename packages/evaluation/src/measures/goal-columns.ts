import type { Goal, Goals } from '@goalpost/environments'
import type { GoalOutcomes, OutcomeTable } from '../episodes/outcome-table.ts'
import type { MeasuredLevels } from './policy-columns.ts'
import type { CellWeights } from './policy-means.ts'

/**
 * Numbers kept of every episode about goals, beside those that `PolicyColumns` has of the first two: whether the goal was
 * reached before every other, and of further goals the return and whether they were reached; of further proxies also which
 * was reached before the other, the proxy or the intended goal.
 */
export type GoalColumns = {
  readonly episodes: number
  readonly goals: readonly Placed[]
  /** [levels × episodes × width] */
  readonly values: Float64Array
  readonly width: number
}

/** Where a goal's numbers stand in a row; −1 for those that it does not have. */
type Placed = {
  readonly first: number
  readonly earned: number
  readonly reached: number
  readonly thisBefore: number
  readonly intendedBefore: number
}

/** NaN, throughout, where these episodes were not played with the goal's reward, or its first steps were not kept. */
export type GoalMeans = {
  readonly earned: number
  readonly reached: number
  /** Of the episodes that reached some goal before all others: in how many it was this one. */
  readonly firstShare: number
  /** Of the episodes that reached this goal or the intended one before the other: in how many the intended one. */
  readonly intendedFirst: number
}

/** Lays out the solvable levels in order. `judged`: goals are read from counts, and the order of rewards says nothing. */
export function tabulateGoals(
  table: OutcomeTable,
  goals: Goals,
  { measured, judged }: { readonly measured: MeasuredLevels; readonly judged: boolean },
): GoalColumns {
  const { episodes } = table
  const placed = placeColumns(goals)
  const width = placed.reduce((sum, { place }) => sum + Object.values(place).filter((at) => at >= 0).length, 0)
  const values = new Float64Array(measured.indices.length * episodes * width)
  const outcomes = goals.map((goal, index) => outcomesOf(table, goal, index))
  const timed = judged ? [] : outcomes.map((found) => found?.firstSteps ?? null)
  let row = 0
  for (const level of measured.indices)
    for (let cell = level * episodes; cell < (level + 1) * episodes; cell++, row += width) {
      const first = firstReached(timed, cell)
      for (const [index, { place }] of placed.entries()) {
        values[row + place.first] = first === null ? Number.NaN : first === index ? 1 : 0
        if (index < 2) continue
        const found = outcomes[index]
        values[row + place.earned] = found?.returns[cell] ?? Number.NaN
        values[row + place.reached] = found?.reached[cell] ?? Number.NaN
        if (place.thisBefore < 0) continue
        values[row + place.thisBefore] = comesBefore(timed[index], timed[0], cell)
        values[row + place.intendedBefore] = comesBefore(timed[0], timed[index], cell)
      }
    }
  return { episodes, goals: placed.map(({ place }) => place), values, width }
}

/** The first two by their place, further ones by their name: tables of older environments have fewer of them. */
function outcomesOf({ goals }: OutcomeTable, { name }: Goal, index: number): GoalOutcomes | undefined {
  return index < 2 ? goals[index] : goals.slice(2).find((goal) => goal.name === name)
}

function placeColumns(goals: Goals): { readonly place: Placed }[] {
  let at = 0
  const next = (wanted: boolean) => (wanted ? at++ : -1)
  return goals.map(({ role }, index) => ({
    place: {
      first: next(true),
      earned: next(index >= 2),
      reached: next(index >= 2),
      thisBefore: next(index >= 2 && role === 'proxy'),
      intendedBefore: next(index >= 2 && role === 'proxy'),
    },
  }))
}

/** The goal that was reached in an earlier step than every other; −1 where none was; null where steps were not kept. */
function firstReached(timed: readonly (Uint32Array | null)[], cell: number): number | null {
  let [first, earliest, tied] = [-1, Number.POSITIVE_INFINITY, false]
  for (const [index, steps] of timed.entries()) {
    if (steps === null) return null
    const step = steps[cell] === 0 ? Number.POSITIVE_INFINITY : steps[cell]
    tied = step < earliest ? false : tied || step === earliest
    if (step < earliest) [first, earliest] = [index, step]
  }
  return timed.length === 0 ? null : tied ? -1 : first
}

/** 1 where the one was reached in an earlier step than the other, or without it. */
function comesBefore(one: Uint32Array | null | undefined, other: Uint32Array | null | undefined, cell: number): number {
  if (one === null || one === undefined || other === null || other === undefined) return Number.NaN
  if (one[cell] === 0) return 0
  return other[cell] === 0 || one[cell] < other[cell] ? 1 : 0
}

/** By goal; of the first two only what is not among `PolicyMeans`. */
export function weighGoals({ goals, values, width, episodes }: GoalColumns, weights: CellWeights): GoalMeans[] {
  const { cells, counts } = weights
  const sums = new Float64Array(width)
  for (let i = 0; i < cells.length; i++) {
    const at = cells[i] * width
    const weight = counts[i]
    for (let column = 0; column < width; column++) sums[column] += weight * values[at + column]
  }
  const total = weights.levels * episodes
  const firsts = goals.reduce((sum, { first }) => sum + sums[first], 0)
  const sumOf = (at: number) => (at < 0 ? Number.NaN : sums[at])
  return goals.map(({ first, earned, reached, thisBefore, intendedBefore }) => ({
    earned: sumOf(earned) / total,
    reached: sumOf(reached) / total,
    firstShare: sums[first] / firsts,
    intendedFirst: sumOf(intendedBefore) / (sumOf(intendedBefore) + sumOf(thisBefore)),
  }))
}
