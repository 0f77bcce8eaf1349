import { valueOf, type GridPoint } from './grid-points.ts'

export type Importance = {
  readonly path: string
  /** From 0 to 1: of the variance between conditions, what the means of the option's values explain alone (η²). */
  readonly share: number
}

/**
 * How much each option alone accounts for, the most first. Interactions belong to no option, so shares may add up to
 * less than 1; in grids that are not full they may overlap. Null where all results are equal.
 */
export function importanceOf(points: readonly GridPoint[], paths: readonly string[]): Importance[] | null {
  const mean = meanOf(points)
  const total = points.reduce((sum, { result }) => sum + (result - mean) ** 2, 0)
  if (total === 0) return null
  return paths
    .map((path) => {
      const groups = Map.groupBy(points, (point) => valueOf(point, path))
      const between = [...groups.values()].reduce((sum, group) => sum + group.length * (meanOf(group) - mean) ** 2, 0)
      return { path, share: between / total }
    })
    .toSorted((a, b) => b.share - a.share)
}

const meanOf = (points: readonly GridPoint[]): number =>
  points.reduce((sum, { result }) => sum + result, 0) / points.length
