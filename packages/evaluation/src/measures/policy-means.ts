import { column, columnCount, type PolicyColumns } from './policy-columns.ts'

/** Means over solvable levels of one policy's episodes; `reach` over contested levels, NaN where there is none. */
export type PolicyMeans = {
  readonly trueReturn: number
  readonly proxyReturn: number
  readonly reach: number
  readonly successRate: number
  readonly proxyRate: number
  readonly length: number
}

/** How often each level and episode counts: all ones for the point estimate, multiplicities for a bootstrap replicate. */
export type CellWeights = {
  /** [levels × episodes]; every level's weights sum to episodes × the level's multiplicity. */
  readonly cells: Float64Array
  /** Sum of the levels' multiplicities. */
  readonly levels: number
  /** The same over contested levels. */
  readonly contested: number
}

export function weighPolicy(columns: PolicyColumns, weights: CellWeights): PolicyMeans {
  const { values, episodes } = columns
  const { cells } = weights
  let trueReturn = 0
  let proxyReturn = 0
  let reach = 0
  let succeeded = 0
  let proxyReached = 0
  let length = 0
  for (let cell = 0, at = 0; cell < cells.length; cell++, at += columnCount) {
    const weight = cells[cell]
    if (weight === 0) continue
    trueReturn += weight * values[at + column.trueReturn]
    proxyReturn += weight * values[at + column.proxyReturn]
    reach += weight * values[at + column.reach]
    succeeded += weight * values[at + column.succeeded]
    proxyReached += weight * values[at + column.proxyReached]
    length += weight * values[at + column.length]
  }
  const total = weights.levels * episodes
  return {
    trueReturn: trueReturn / total,
    proxyReturn: proxyReturn / total,
    reach: reach / (weights.contested * episodes),
    successRate: succeeded / total,
    proxyRate: proxyReached / total,
    length: length / total,
  }
}
