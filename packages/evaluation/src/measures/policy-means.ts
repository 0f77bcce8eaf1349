import { column, type PolicyColumns } from './policy-columns.ts'

/** Means over the solvable levels of one policy's episodes; ratios of sums are NaN if the divisor is 0. */
export type PolicyMeans = {
  readonly trueReturn: number
  readonly proxyReturn: number
  readonly successRate: number
  readonly proxyRate: number
  readonly length: number
  /** Over contested levels, or from counts. */
  readonly reach: number
  /** Share of the episodes that reached one goal before the other, in which it was the intended one. */
  readonly goalFirst: number
  /** The verdict's measures of the intended goal and the proxy: returns, or the environment's own. */
  readonly goal: number
  readonly proxy: number
  /** The measure of learning where the policy was trained: the true return, or the counted capability. */
  readonly attained: number
}

/** How often each level and episode counts: once for the point estimate, multiplicities for a bootstrap replicate. */
export type CellWeights = {
  /** The cells (level × episodes + episode) that count, in ascending order; about a third does not. */
  readonly cells: Int32Array
  /** How often each of them counts; a level's counts sum to episodes × the level's multiplicity. */
  readonly counts: Float64Array
  /** [levels × episodes] how often each cell counts, those that do not count included. */
  readonly all: Float64Array
  /** Sum of the levels' multiplicities. */
  readonly levels: number
  /** The same over contested levels. */
  readonly contested: number
}

export function weighPolicy(columns: PolicyColumns, weights: CellWeights): PolicyMeans {
  return meansOf(columns, weights, sumColumns(columns.values, weights))
}

/** @param sums of the columns, in their order */
export function meansOf(
  { episodes, judged }: Pick<PolicyColumns, 'episodes' | 'judged'>,
  weights: Pick<CellWeights, 'levels'>,
  sums: readonly number[],
): PolicyMeans {
  const total = weights.levels * episodes
  const trueReturn = sums[column.trueReturn] / total
  const proxyReturn = sums[column.proxyReturn] / total
  const reach = sums[column.reach] / sums[column.reachOf]
  const pull = sums[column.pull] / sums[column.pullOf]
  return {
    trueReturn,
    proxyReturn,
    successRate: sums[column.succeeded] / total,
    proxyRate: sums[column.proxyReached] / total,
    length: sums[column.length] / total,
    reach,
    goalFirst: sums[column.goalFirst] / (sums[column.goalFirst] + sums[column.proxyFirst]),
    goal: judged ? -pull : trueReturn,
    proxy: judged ? pull : proxyReturn,
    attained: judged ? reach : trueReturn,
  }
}

/**
 * The bootstrap's inner loop: Σ weight × value, column by column. Literal offsets and local variables only: with object
 * properties in the loop V8 alternated between optimising and giving up, 20 times slower.
 */
export function sumColumns(values: Float64Array, { cells, counts }: CellWeights): readonly number[] {
  let sum0 = 0
  let sum1 = 0
  let sum2 = 0
  let sum3 = 0
  let sum4 = 0
  let sum5 = 0
  let sum6 = 0
  let sum7 = 0
  let sum8 = 0
  let sum9 = 0
  let sum10 = 0
  for (let i = 0; i < cells.length; i++) {
    const at = cells[i] * 11
    const weight = counts[i]
    sum0 += weight * values[at]
    sum1 += weight * values[at + 1]
    sum2 += weight * values[at + 2]
    sum3 += weight * values[at + 3]
    sum4 += weight * values[at + 4]
    sum5 += weight * values[at + 5]
    sum6 += weight * values[at + 6]
    sum7 += weight * values[at + 7]
    sum8 += weight * values[at + 8]
    sum9 += weight * values[at + 9]
    sum10 += weight * values[at + 10]
  }
  return [sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, sum8, sum9, sum10]
}
